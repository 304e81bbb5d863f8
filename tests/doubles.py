"""Stand-ins and small makers that tests share: a toy encoder, little articles, whole folders read."""

import re
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import reading
from index.articles import Article, Span
from index.encoder import Encoded, TokenVectors


class ToyEncoder:
    """A bag of hashed words: deterministic, instant, and near for texts that share words."""

    name = "toy"
    dimensions = 64
    max_tokens = 64

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.lower()):
                vectors[row, zlib.crc32(word.encode()) % self.dimensions] += 1
            vectors[row, 0] += 1e-3
            vectors[row] /= np.linalg.norm(vectors[row])
        return vectors

    def encode_spans(
        self,
        texts: Sequence[str],
        spans: Sequence[Sequence[Span]],
        *,
        on_done: Callable[[int], None] | None = None,
    ) -> list[Encoded]:
        return [
            Encoded(self.encode([text])[0], self.encode([text[s.start : s.end] for s in places]))
            for text, places in zip(texts, spans, strict=True)
        ]

    def token_vectors(self, texts: Sequence[str]) -> list[TokenVectors]:
        found = []
        for text, whole in zip(texts, self.encode(texts), strict=True):
            places = [match.span() for match in re.finditer(r"\w+", text)]
            vectors = self.encode([text[start:end] for start, end in places])
            found.append(TokenVectors(np.array(places, np.int64).reshape(-1, 2), vectors, whole))
        return found


def read_all(path: Path) -> list[Article | reading.Failure]:
    found = list(reading.find_files([path]))
    assert found, f"no articles under {path}"
    return [
        outcome
        for each in found
        for outcome in ([each] if isinstance(each, reading.Failure) else reading.read_file(each))
    ]


def article(text: str, *, title: str = "A title", **fields: str) -> Article:
    """A small article."""
    return Article.make(title=title, text=text, **fields)
