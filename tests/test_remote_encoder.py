import base64
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np
import pytest

from index.articles import Span
from index.encoder import Encoder, load_encoder
from index.errors import EncoderError
from index.remote_encoder import OpenAIEncoder

KEY = "sk-never-shown"
Answer = Callable[[dict[str, Any]], tuple[int, bytes]]


@dataclass
class Stub:
    """An embedding server that answers as told and keeps what it was asked."""

    url: str
    answer: Answer
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)


def numbers(text: str) -> list[float]:
    """A deterministic vector of four numbers, not of unit length."""
    return [float(len(text)), float(text.count("e")), float(sum(map(ord, text)) % 97), 2.0]


def reply(vectors: list[Any], *, numbered: bool = True) -> tuple[int, bytes]:
    items = [
        {"object": "embedding", "embedding": vector} | ({"index": place} if numbered else {})
        for place, vector in enumerate(vectors)
    ]
    return 200, json.dumps({"object": "list", "data": items, "model": "m", "usage": {}}).encode()


def packed(vector: list[float]) -> str:
    return base64.b64encode(np.array(vector, "<f4").tobytes()).decode()


def as_floats(asked: dict[str, Any]) -> tuple[int, bytes]:
    return reply([numbers(text) for text in asked["input"]])


def as_base64(asked: dict[str, Any]) -> tuple[int, bytes]:
    return reply([packed(numbers(text)) for text in asked["input"]])


def unnumbered(asked: dict[str, Any]) -> tuple[int, bytes]:
    return reply([numbers(text) for text in asked["input"]], numbered=False)


def backwards(asked: dict[str, Any]) -> tuple[int, bytes]:
    status, body = as_floats(asked)
    content = json.loads(body)
    content["data"].reverse()
    return status, json.dumps(content).encode()


def always(status: int, body: str) -> Answer:
    return lambda asked: (status, body.encode())


@pytest.fixture
def stub() -> Iterator[Stub]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.asked.append(asked | {"path": self.path})
            server.keys.append(self.headers["Authorization"])
            status, body = server.answer(asked)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("retry-after-ms", "1")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        server = Stub(f"http://127.0.0.1:{http.server_port}/v1", as_floats)
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        http.shutdown()
        thread.join()


@pytest.fixture
def encoder(stub: Stub) -> Iterator[OpenAIEncoder]:
    made = OpenAIEncoder("news-embed", base_url=stub.url, api_key=KEY, timeout=5, max_retries=1)
    yield made
    made.close()


@pytest.mark.parametrize("answer", [as_floats, as_base64, unnumbered, backwards])
def test_replies_of_every_shape_give_the_same_unit_vectors(stub: Stub, encoder: OpenAIEncoder, answer: Answer) -> None:
    stub.answer = answer
    texts = ["Fire in Karstad.", "Trains run again.", "Peace"]
    expected = np.array([numbers(text) for text in texts], np.float32)
    vectors = encoder.encode(texts)
    assert vectors.dtype == np.float32
    assert np.allclose(vectors, expected / np.linalg.norm(expected, axis=1, keepdims=True), atol=1e-6)


def test_it_asks_as_the_openai_api_wants(stub: Stub, encoder: OpenAIEncoder) -> None:
    encoder.encode(["One.", ""])
    [asked] = stub.asked
    assert (asked["path"], asked["model"], asked["input"]) == ("/v1/embeddings", "news-embed", ["One.", " "])
    assert stub.keys == [f"Bearer {KEY}"]


def test_it_asks_for_64_texts_at_a_time(stub: Stub, encoder: OpenAIEncoder) -> None:
    vectors = encoder.encode([f"Text {number}." for number in range(130)])
    assert [len(asked["input"]) for asked in stub.asked] == [64, 64, 2]
    assert vectors.shape == (130, 4)


def test_the_dimension_is_learnt_from_the_first_reply(stub: Stub, encoder: OpenAIEncoder) -> None:
    assert encoder.encode([]).shape == (0, 4)
    assert encoder.dimensions == 4
    assert len(stub.asked) == 1


def test_a_text_longer_than_the_window_is_cut(stub: Stub, encoder: OpenAIEncoder) -> None:
    encoder.encode(["word " * 1_000])
    [sent] = stub.asked[0]["input"]
    assert encoder.count_tokens([sent]) == [encoder.max_tokens - 2]


def test_tokens_are_counted_as_the_bundled_encoder_does(encoder: OpenAIEncoder) -> None:
    texts = ["Élodie’s tunnel", "", "word " * 400]
    assert encoder.count_tokens(texts) == load_encoder().count_tokens(texts)
    assert encoder.max_tokens == load_encoder().max_tokens


def test_spans_are_encoded_on_their_own(stub: Stub, encoder: OpenAIEncoder) -> None:
    texts = [f"🗞️ Number {number}. It rains." for number in range(10)]
    spans = [[Span(0, 12), Span(12, len(text)), Span(12, 13)] for text in texts]
    done: list[int] = []
    encoded = encoder.encode_spans(texts, spans, on_done=done.append)
    assert done == [8, 2]
    for text, one in zip(texts, encoded, strict=True):
        assert np.allclose(one.vector, encoder.encode([text])[0])
        assert np.allclose(one.spans[1], encoder.encode(["It rains."])[0])
        assert np.allclose(one.spans[2], one.vector)  # blank
    assert stub.asked[0]["input"][:4] == [texts[0], "🗞️ Number 0.", "It rains.", texts[0]]


def test_text_without_spans(encoder: OpenAIEncoder) -> None:
    [encoded] = encoder.encode_spans(["Rain."], [[]])
    assert encoded.spans.shape == (0, 4)
    assert encoder.encode_spans([], []) == []


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (always(503, "busy"), "answered with HTTP 503"),
        (always(429, "{}"), "answered with HTTP 429"),
        (always(401, f'{{"error": "wrong key {KEY}"}}'), r"refused the key \(HTTP 401\)"),
        (always(404, "{}"), "knows no model “news-embed”"),
        (always(200, "<html>Welcome</html>"), "reply of .* to the embedding model “news-embed”"),
        (always(200, "{"), "cannot be read|is not a list of vectors"),
        (always(200, "null"), "cannot be read|is not a list of vectors"),
        (always(200, "[1, 2]"), "cannot be read|is not a list of vectors"),
        (always(200, '{"data": null}'), "cannot be read|is not a list of vectors"),
        (always(200, '{"data": [{"embedding": null}, {"embedding": {}}]}'), "is not a list of vectors"),
        (always(200, '{"data": [3, 4]}'), "is not a list of vectors"),
        (lambda asked: reply([]), "holds 0 vectors for 2 texts"),
        (lambda asked: reply([[1.0, 2.0]]), "holds 1 vectors for 2 texts"),
        (lambda asked: reply([[1.0]] * 3), "holds 3 vectors for 2 texts"),
        (lambda asked: reply([[1.0, 2.0], [1.0]]), "is not a list of vectors"),
        (lambda asked: reply([1.0, 2.0]), "is not a list of vectors|of another length"),
        (lambda asked: reply(["not base64!", "?"]), "is not a list of vectors"),
        (lambda asked: reply(["AAA=", "AAA="]), "is not a list of vectors"),
        (lambda asked: reply([["a", "b"], ["c", "d"]]), "is not a list of vectors"),
        (lambda asked: reply([[], []]), "without direction"),
        (lambda asked: reply([[0.0, 0.0], [1.0, 0.0]]), "without direction"),
        (lambda asked: reply([[float("nan"), 1.0], [1.0, 0.0]]), "without direction"),
        (lambda asked: reply([packed([float("inf"), 1.0])] * 2), "without direction"),
    ],
    ids=[
        "503", "429", "401", "404", "a web page", "broken JSON", "null", "a bare list", "data is null",
        "vectors are null", "items are numbers", "none", "one too few", "one too many", "uneven", "flat",
        "not base64", "half a number", "words", "empty vectors", "zero", "nan", "infinite",
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told_in_plain_words(
    stub: Stub, encoder: OpenAIEncoder, answer: Answer, told: str
) -> None:
    stub.answer = answer
    with pytest.raises(EncoderError, match=told) as caught:
        encoder.encode(["One.", "Two."])
    assert KEY not in str(caught.value)
    assert "127.0.0.1" in str(caught.value)


def test_a_dimension_that_changes_is_refused(stub: Stub, encoder: OpenAIEncoder) -> None:
    encoder.encode(["One."])
    stub.answer = lambda asked: reply([[1.0, 2.0]])
    with pytest.raises(EncoderError, match="vectors of another length than 4"):
        encoder.encode(["Two."])


def test_a_server_that_is_busy_once_is_asked_again(stub: Stub, encoder: OpenAIEncoder) -> None:
    stub.answer = lambda asked: (503, b"") if len(stub.asked) == 1 else as_floats(asked)
    assert encoder.encode(["One."]).shape == (1, 4)


def test_a_server_that_does_not_answer_in_time(stub: Stub) -> None:
    released = threading.Event()

    def hang(asked: dict[str, Any]) -> tuple[int, bytes]:
        released.wait(5)
        return as_floats(asked)

    stub.answer = hang
    encoder = OpenAIEncoder("m", base_url=stub.url, timeout=0.2, max_retries=0)
    with pytest.raises(EncoderError, match="did not answer in time"):
        encoder.encode(["One."])
    released.set()
    encoder.close()


def test_a_server_that_is_not_there() -> None:
    encoder = OpenAIEncoder("m", base_url="http://127.0.0.1:1/v1", max_retries=0)
    with pytest.raises(EncoderError, match=r"http://127.0.0.1:1/v1 cannot be reached"):
        encoder.encode(["One."])
    encoder.close()


@pytest.mark.parametrize(
    ("base_url", "name"),
    [
        ("https://api.example.org/v1", "openai:m@https://api.example.org/v1"),
        ("https://me:secret@api.example.org:8443/v1/?key=secret#secret", "openai:m@https://api.example.org:8443/v1"),
        ("http://[::1]:9/v1", "openai:m@http://[::1]:9/v1"),
    ],
    ids=["plain", "secrets", "IPv6"],
)  # fmt: skip
def test_the_name_tells_model_and_address_without_secrets(base_url: str, name: str) -> None:
    encoder: Encoder = OpenAIEncoder("m", base_url=base_url, api_key=KEY)
    assert encoder.name == name
    assert KEY not in repr(encoder)


@pytest.mark.parametrize("base_url", ["", "localhost:8080/v1", "http://", "http://[::1/v1", "http://h:port/v1"])
def test_an_address_that_is_none_is_refused(base_url: str) -> None:
    with pytest.raises(EncoderError, match="It looks like http://localhost:8080/v1"):
        OpenAIEncoder("m", base_url=base_url)
