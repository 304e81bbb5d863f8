import shutil
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.articles import Span
from index.encoder import BundledEncoder, Encoder, Vectors, WordPieces, load_encoder, load_word_pieces
from index.errors import EncoderError

DATA = Path(__file__).parent / "data"
SENTENCES = (DATA / "encoder_sentences.txt").read_text(encoding="utf-8").splitlines()
# Float sums depend on the padding in their last bits, which can tip a few 8-bit roundings.
SAME = 0.9999


@pytest.fixture(scope="module")
def encoder() -> BundledEncoder:
    return load_encoder()


@pytest.fixture(scope="module")
def paragraphs() -> list[str]:
    """Texts of about 100 tokens, as articles' chunks are."""
    counts = load_encoder().count_tokens(SENTENCES)
    texts, words, used = [], [], 0
    for sentence, count in zip(SENTENCES, counts, strict=True):
        words.append(sentence)
        used += count
        if used >= 90:
            texts.append(" ".join(words))
            words, used = [], 0
    return texts


@pytest.fixture
def copied_files(tmp_path: Path) -> Path:
    for name in ("model.onnx", "tokenizer.json"):
        shutil.copyfile(str(files("index") / "encoder_files" / name), tmp_path / name)
    return tmp_path


def cosines(ours: Vectors, theirs: Vectors) -> Vectors:
    found: Vectors = (ours * theirs).sum(1) / np.linalg.norm(ours, axis=1) / np.linalg.norm(theirs, axis=1)
    return found


def test_vectors_agree_with_the_unquantised_model(encoder: BundledEncoder) -> None:
    recorded = np.load(DATA / "encoder_fp32.npz")["vectors"].astype(np.float32)
    assert len(recorded) == len(SENTENCES) >= 500
    agreement = cosines(encoder.encode(SENTENCES), recorded)
    assert agreement.mean() >= 0.995
    assert agreement.min() >= 0.99


def test_it_keeps_the_unquantised_models_order_of_neighbours(encoder: BundledEncoder) -> None:
    recorded = np.load(DATA / "encoder_fp32.npz")["vectors"].astype(np.float32)
    vectors = encoder.encode(SENTENCES)
    ours, theirs = vectors @ vectors.T, recorded @ recorded.T
    assert np.abs(ours - theirs).max() < 0.1
    assert np.corrcoef(ours.ravel(), theirs.ravel())[0, 1] > 0.995


def test_vectors_have_unit_length_and_stand_in_order(encoder: BundledEncoder) -> None:
    texts = sorted(SENTENCES[:40], key=len)
    forwards, backwards = encoder.encode(texts), encoder.encode(texts[::-1])
    assert forwards.shape == (40, encoder.dimensions)
    assert forwards.dtype == np.float32
    assert np.linalg.norm(forwards, axis=1) == pytest.approx(1, abs=1e-5)
    assert cosines(forwards, backwards[::-1]).min() > SAME


def test_a_vector_does_not_depend_on_its_neighbours(encoder: BundledEncoder) -> None:
    texts = [*SENTENCES[:60], " ".join(SENTENCES[:12])]
    together = encoder.encode(texts)
    alone = np.concatenate([encoder.encode([text]) for text in texts])
    assert cosines(together, alone).min() > SAME


def test_more_texts_than_are_sorted_at_a_time(encoder: BundledEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = encoder.encode(SENTENCES[:30])
    monkeypatch.setattr("index.encoder._ROUND", 12)
    assert cosines(encoder.encode(SENTENCES[:30]), expected).min() > SAME


@pytest.mark.parametrize(
    "text",
    ["", " \n", "👩‍👩‍👧 🗞️", "\ud800", "x" * 5_000, "一二三", "\x00", "a " * 3_000],
    ids=["empty", "blank", "emoji", "lone surrogate", "one long word", "Chinese", "nul", "long"],
)
def test_any_text_has_a_vector(encoder: BundledEncoder, text: str) -> None:
    [vector] = encoder.encode([text])
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)
    [encoded] = encoder.encode_spans([text], [[Span(0, len(text))]])
    assert np.isfinite(encoded.spans).all()


def test_no_texts(encoder: BundledEncoder) -> None:
    assert encoder.encode([]).shape == (0, 384)
    assert encoder.encode_spans([], []) == []
    assert encoder.count_tokens([]) == []
    assert encoder.token_vectors([]) == []


def test_tokens_are_counted_without_special_ones_and_without_limit(encoder: BundledEncoder) -> None:
    assert encoder.count_tokens(["", "word", "two words.", "word " * 1_000]) == [0, 1, 3, 1_000]


def test_what_lies_beyond_the_window_is_not_read(encoder: BundledEncoder) -> None:
    window = "word " * (encoder.max_tokens - 2)
    full, beyond, short = encoder.encode([window, window + "strike " * 50, window[: -len("word ")]])
    assert full == pytest.approx(beyond, abs=1e-6)
    assert full != pytest.approx(short, abs=1e-6)


def test_word_pieces_fit_a_text_to_the_window() -> None:
    pieces = load_word_pieces()
    long = "“Curly” 👩‍👩‍👧 words " * 200
    fitted = pieces.fitted(long)
    assert long.startswith(fitted)
    assert pieces.count([fitted]) == [pieces.max_tokens - 2]
    assert pieces.fitted("short") == "short"


def test_the_vector_beside_spans_is_the_texts_own(encoder: BundledEncoder, paragraphs: list[str]) -> None:
    some = paragraphs[:20]
    encoded = encoder.encode_spans(some, [[] for _ in some])
    assert np.allclose([one.vector for one in encoded], encoder.encode(some), atol=1e-6)
    assert all(one.spans.shape == (0, 384) for one in encoded)


def test_a_span_is_found_by_code_points(encoder: BundledEncoder) -> None:
    # Bytes or UTF-16 units would land elsewhere: curly quotes, an accent, emoji of one and of five code points.
    parts = ["👩‍👩‍👧 “Ça suffit,” said Élodie. ", "🗞️ The harbour tunnel is closed. ", "Sea forests are back."]
    text = "".join(parts)
    bounds = [sum(map(len, parts[:place])) for place in range(4)]
    spans = [Span(start, end) for start, end in pairwise(bounds)]
    [encoded] = encoder.encode_spans([text], [spans])
    alone = encoder.encode(parts)
    assert encoded.spans.shape == (3, 384)
    assert (encoded.spans @ alone.T).argmax(axis=1).tolist() == [0, 1, 2]
    [tokens] = encoder.token_vectors([text])
    assert [text[start:end] for start, end in tokens.offsets if start >= bounds[2]] == [
        "Sea", "forests", "are", "back", "."
    ]  # fmt: skip


def test_a_span_is_the_mean_of_the_tokens_inside_it(encoder: BundledEncoder) -> None:
    text = "Sea forests grow. Nobody was hurt."
    [encoded] = encoder.encode_spans([text], [[Span(0, 18), Span(0, len(text)), Span(4, 11), Span(1, 11)]])
    first, whole, forests, cut = encoded.spans
    assert forests == pytest.approx(cut, abs=1e-6)  # a word half inside does not count
    [tokens] = encoder.token_vectors([text])
    assert forests == pytest.approx(tokens.vectors[1], abs=1e-6)
    assert first @ tokens.vectors[:4].mean(axis=0) > first @ tokens.vectors[4:].mean(axis=0)
    assert whole @ encoded.vector > 0.95
    assert np.linalg.norm(encoded.spans, axis=1) == pytest.approx(1, abs=1e-5)


def test_a_span_without_tokens_gets_the_texts_vector(encoder: BundledEncoder) -> None:
    text = "word " * 300 + "strike"
    spans = [Span(4, 5), Span(9, 9), Span(len(text) - 6, len(text))]
    [encoded] = encoder.encode_spans([text], [spans])
    assert encoded.spans == pytest.approx(np.stack([encoded.vector] * 3))


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=80), st.data())
def test_any_span_has_a_unit_vector(text: str, data: st.DataObject) -> None:
    bound = st.integers(0, len(text))
    spans = [Span(*sorted(pair)) for pair in data.draw(st.lists(st.tuples(bound, bound), max_size=4))]
    [encoded] = load_encoder().encode_spans([text], [spans])
    assert encoded.spans.shape == (len(spans), 384)
    assert np.linalg.norm(encoded.spans, axis=1) == pytest.approx(np.ones(len(spans)), abs=1e-4)
    [tokens] = load_encoder().token_vectors([text])
    assert (np.diff(tokens.offsets[:, 0]) >= 0).all()
    assert (np.diff(tokens.offsets[:, 1]) >= 0).all()


def test_progress_is_reported_until_all_are_done(encoder: BundledEncoder) -> None:
    done: list[int] = []
    encoder.encode_spans(SENTENCES[:20], [[]] * 20, on_done=done.append)
    assert done == [8, 8, 4]


def test_threads_share_one_encoder(encoder: BundledEncoder) -> None:
    groups = [SENTENCES[start : start + 15] for start in range(0, 120, 15)]
    with ThreadPoolExecutor(4) as pool:
        counted = pool.map(encoder.count_tokens, groups)
        encoded = pool.map(encoder.encode, groups)
    assert list(counted) == [encoder.count_tokens(group) for group in groups]
    expected = np.concatenate([encoder.encode(group) for group in groups])
    assert cosines(np.concatenate(list(encoded)), expected).min() > SAME


def test_the_encoder_is_loaded_once_and_named_after_its_file() -> None:
    encoder: Encoder = load_encoder()
    assert load_encoder() is encoder
    sums = (files("index") / "encoder_files" / "SHA256SUMS").read_text()
    assert encoder.name == f"all-MiniLM-L6-v2-int8@{sums[:8]}"


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda file: file.write_bytes(file.read_bytes()[:-1] + b"?"), "is damaged: its sha256 is"),
        (lambda file: file.write_bytes(b""), "is damaged: its sha256 is e3b0c442…"),
        (lambda file: file.unlink(), "cannot be read"),
    ],
    ids=["one byte", "empty", "missing"],
)
def test_a_wrong_file_is_named(copied_files: Path, name: str, spoil: Callable[[Path], object], told: str) -> None:
    spoil(copied_files / name)
    with pytest.raises(EncoderError, match=rf"{name} {told}.*Reinstall briefing"):
        BundledEncoder(copied_files)


def test_the_record_of_the_files_is_true() -> None:
    folder = files("index") / "encoder_files"
    origin = (folder / "ORIGIN.md").read_text(encoding="utf-8")
    for line in (folder / "SHA256SUMS").read_text().splitlines():
        assert line.split()[0] in origin
    WordPieces(folder)


def test_it_is_about_as_fast_as_bare_onnxruntime(encoder: BundledEncoder, paragraphs: list[str]) -> None:
    texts = paragraphs[:32]
    batches = [(batch.mask, batch.encodings) for batch in encoder._batches(texts, offsets=False)]
    inputs = []
    for mask, encodings in batches:
        ids = np.zeros_like(mask)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding)] = encoding.ids
        inputs.append({"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)})

    def bare() -> None:
        for batch in inputs:
            encoder._session.run(None, batch)

    # Other work on the machine slows both; turn about and the best of a few rounds keep it out.
    best = 0.0
    for _ in range(10):
        times: dict[str, list[float]] = {"ours": [], "bare": []}
        for _ in range(5):
            times["bare"].append(seconds(bare))
            times["ours"].append(seconds(lambda: encoder.encode(texts)))
        best = max(best, statistics.median(times["bare"]) / statistics.median(times["ours"]))
        if best >= 0.95:
            break
    assert best >= 0.95


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
