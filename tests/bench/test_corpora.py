"""Articles of evaluation sets, where evidence stands in them, and libraries kept by content."""

import ast
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
import toy_data
from doubles import ToyEncoder
from hypothesis import given
from hypothesis import strategies as st

from bench import corpora, workspace
from bench.corpora import Corpus, canonical_span
from bench.data import Data, MissingData
from bench.memory import RememberingEncoder
from bench.workspace import Workspace
from index.articles import Article, Span, canonical
from index.encoder import Encoded


class CountingEncoder(ToyEncoder):
    """Keeps the texts it was asked to encode with spans, and breaks down when its patience ends."""

    def __init__(self, patience: float = float("inf")) -> None:
        self.asked: list[str] = []
        self._patience = patience

    def encode_spans(
        self,
        texts: Sequence[str],
        spans: Sequence[Sequence[Span]],
        *,
        on_done: Callable[[int], None] | None = None,
    ) -> list[Encoded]:
        if len(self.asked) >= self._patience:
            raise ConnectionError("broke down")
        self.asked += texts
        return super().encode_spans(texts, spans, on_done=on_done)


class AnotherReading(CountingEncoder):
    """Of the same name, but reads texts in another way."""

    def encode(self, texts: Sequence[str]) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
        return super().encode([text[::-1] for text in texts])


@pytest.fixture
def data(tmp_path: Path) -> Data:
    return Data(toy_data.write(tmp_path / "data"))


def numbered(count: int, *, name: str = "numbered") -> Corpus:
    texts = [{"doc_id": str(n), "text": f"Report {n} on the harbour. It is short."} for n in range(count)]
    return Corpus(
        name, {each["doc_id"]: Article.make(title="T", text=each["text"], origin=each["doc_id"]) for each in texts}
    )


def at(folder: Path, encoder: ToyEncoder) -> Workspace:
    return Workspace(folder, encoder, lambda line: None)


# Where evidence stands


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("", "", id="the whole text"),
        pytest.param("Plain text. ", " More.", id="nothing to change"),
        pytest.param("  \r\n\t", "  \n", id="white space at the ends"),
        pytest.param("One\r\nline.\r", "\r\nend", id="line ends"),
        pytest.param("\ufeffZero\u200bwidth ", "\u00ad", id="invisible characters"),
        pytest.param("Cafe\u0301 ", " a\u030a", id="composed letters"),
        pytest.param("é\u200d", "\u200dé", id="joiners"),
    ],
)
def test_evidence_keeps_its_words_when_the_text_is_cleaned(before: str, after: str) -> None:
    fact = "The ferry sank."
    raw = before + fact + after
    span = canonical_span(raw, len(before), len(before) + len(fact))
    assert canonical(raw)[span.start : span.end] == fact


@given(st.text(), st.text(alphabet="abc \r\n\u200be\u0301x"), st.text())
def test_any_evidence_between_plain_letters_keeps_its_words(before: str, inner: str, after: str) -> None:
    fact = f"F{inner}."
    raw = f"{before}{fact} {after}"
    span = canonical_span(raw, len(before), len(before) + len(fact))
    assert canonical(raw)[span.start : span.end] == canonical(fact)


def test_documents_of_one_text_are_one_article(data: Data) -> None:
    corpus = corpora.multihop_rag(data)
    assert corpus.article("d-mill").id == corpus.article("d-mill-again").id
    assert corpus.article("d-mill").id != corpus.article("d-ferry").id


def test_a_document_that_is_not_there_is_named(data: Data) -> None:
    with pytest.raises(MissingData, match="multihop_rag has no article for “d-lost”"):
        corpora.multihop_rag(data).article("d-lost")


def test_documents_without_text_make_no_article(tmp_path: Path) -> None:
    toy_data.write_jsonl(
        tmp_path / "news_scale/articles.jsonl", [{"doc_id": "n-1", "text": " \u200b "}, {"doc_id": "n-2", "text": "A."}]
    )
    assert list(corpora.news_scale(Data(tmp_path)).articles) == ["n-2"]


def test_explanations_of_the_quiz_are_articles_beside_the_others(data: Data) -> None:
    articles = corpora.realtimeqa(data).articles
    assert articles["brief-1"].text == "The paper mill in Ostby burned down this week."
    assert "brief-3" not in articles
    assert "r-0" in articles


def test_texts_of_evotemp_have_the_dates_that_can_be_read() -> None:
    docs: list[toy_data.Record] = [
        {"text": "Ann Berg leads the board.", "date": "3 Feb 2020"},
        {"text": "Carl Lund leads the board.", "date": None},
        {"text": "The mill burned down.", "date": "9 days ago"},
    ]
    again = [{"text": "Carl Lund leads the board.", "date": "2026-02-01"}, {**docs[0], "date": None}]
    records = [{"docs": docs}, {"docs": again}]
    dated, undated = (corpora.evotemp(records, dated=each) for each in (True, False))
    assert [each.published_at for each in dated.articles.values()] == ["2020-02-03", "2026-02-01", None]
    assert [each.published_at for each in undated.articles.values()] == [None, None, None]
    assert list(dated.articles) == list(undated.articles) == [each["text"] for each in docs]


# Libraries kept by content


def test_a_library_is_made_once(tmp_path: Path) -> None:
    with at(tmp_path, ToyEncoder()).library(numbered(3)) as library:
        assert library.coverage().articles == 3
    again = CountingEncoder()
    with at(tmp_path, again).library(numbered(3)) as library:
        assert library.coverage().articles == 3
    assert again.asked == []


def test_other_articles_make_another_library_and_only_what_is_new_is_encoded(tmp_path: Path) -> None:
    with at(tmp_path, ToyEncoder()).library(numbered(3)):
        pass
    encoder = CountingEncoder()
    with at(tmp_path, encoder).library(numbered(4)) as library:
        assert library.coverage().articles == 4
    assert len([text for text in encoder.asked if "Report" in text]) == 1


def test_an_interrupted_library_is_not_taken_for_whole_and_is_gone_on_with(tmp_path: Path) -> None:
    # Articles are encoded 64 chunks at a time: the first lot is recorded, the second breaks down.
    with pytest.raises(ConnectionError, match="broke down"), at(tmp_path, CountingEncoder(60)).library(numbered(100)):
        pass
    encoder = CountingEncoder()
    with at(tmp_path, encoder).library(numbered(100)) as library:
        assert library.coverage().articles == 100
    assert len([text for text in encoder.asked if "Report" in text]) == 36


def test_another_way_of_recording_makes_another_library_without_encoding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with at(tmp_path, ToyEncoder()).library(numbered(3)) as library:
        folder = library.folder
    monkeypatch.setattr(workspace, "RECORD_MODULES", ("articles",))
    encoder = CountingEncoder()
    with at(tmp_path, encoder).library(numbered(3)) as library:
        assert library.folder != folder
        assert library.coverage().articles == 3
    assert not [text for text in encoder.asked if "Report" in text]


def test_the_modules_that_decide_on_the_record_are_all_named() -> None:
    # errors and reading bring articles and words to the user, but decide nothing of the record.
    assert _modules_behind("ingest", passed_over={"errors", "reading"}) == set(workspace.RECORD_MODULES)


def _modules_behind(module: str, passed_over: set[str]) -> set[str]:
    folder = Path(str(files("index")))
    found, waiting = set[str](), [module]
    while waiting:
        name = waiting.pop()
        if name in found or name in passed_over:
            continue
        found.add(name)
        tree = ast.parse((folder / f"{name}.py").read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module == "index":
                waiting += [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("index."):
                waiting.append(str(node.module).split(".")[1])
    return found


# The memory of encodings


def encoded(encoder: ToyEncoder, folder: Path, text: str) -> Encoded:
    with RememberingEncoder(encoder, folder) as remembering:
        return remembering.encode_spans([text], [[Span(0, 5)]])[0]


def test_what_is_remembered_is_what_was_encoded(tmp_path: Path) -> None:
    first = encoded(ToyEncoder(), tmp_path, "Ferry sunk")
    forgetful = CountingEncoder()
    again = encoded(forgetful, tmp_path, "Ferry sunk")
    assert "Ferry sunk" not in forgetful.asked
    np.testing.assert_array_equal(again.vector, first.vector)
    np.testing.assert_array_equal(again.spans, first.spans)


def test_remembered_and_new_texts_come_in_the_order_asked(tmp_path: Path) -> None:
    encoded(ToyEncoder(), tmp_path, "Ferry sunk")
    texts = ["Mills burn", "Ferry sunk", "Goats parade"]
    done: list[int] = []
    with RememberingEncoder(ToyEncoder(), tmp_path) as remembering:
        found = remembering.encode_spans(texts, [[Span(0, 5)]] * 3, on_done=done.append)
    np.testing.assert_array_equal([each.vector for each in found], ToyEncoder().encode(texts))


def test_an_encoder_that_reads_otherwise_is_asked_again(tmp_path: Path) -> None:
    encoded(ToyEncoder(), tmp_path, "Ferry sunk")
    other = AnotherReading()
    encoded(other, tmp_path, "Ferry sunk")
    assert "Ferry sunk" in other.asked
