"""Turn text into unit vectors with the bundled model. Knows nothing of articles, storage or search.

The model is all-MiniLM-L6-v2 with 8-bit weights; encoder_files/ORIGIN.md says where it comes from and
tools/export_encoder.py makes it anew. A text's vector does not depend on the texts it is encoded with.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from index import bundled
from index.articles import Span

if TYPE_CHECKING:
    from tokenizers import Encoding

_MODEL = "model.onnx"
_TOKENIZER = "tokenizer.json"
_SHA256 = {
    _MODEL: "688b6072217292bc711e8fef93a1f77d5ece0e8a27243531c4594b4254c2216e",
    _TOKENIZER: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
_DIMENSIONS = 384
# What the model was trained with; it accepts 512 word pieces and is worse for it.
_MAX_TOKENS = 256
# Larger batches are no faster: measured on 2 cores, sorted by length.
_BATCH = 8
# How many texts are tokenised and sorted by length at a time; bounds the memory that tokens take.
_ROUND = 1024

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Encoded:
    """A text's vector, and one vector for each of its spans, (spans, dimensions); all of unit length."""

    vector: Vectors
    spans: Vectors


@dataclass(frozen=True)
class TokenVectors:
    """A text's word pieces: code-point offsets (tokens, 2) and unit vectors (tokens, dimensions).

    `whole` is the unit vector of the text itself, from the same pass.
    """

    offsets: NDArray[np.int64]
    vectors: Vectors
    whole: Vectors


class Encoder(Protocol):
    """Turns text into unit vectors."""

    @property
    def name(self) -> str:
        """What the vectors depend on. Vectors of encoders with different names do not compare."""
        ...

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""
        ...

    @property
    def max_tokens(self) -> int:
        """How many word pieces of a text are read, the two special ones included; the rest is cut off."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many word pieces each text has, without special ones."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors (texts, dimensions) in the order of the texts. Raises EncoderError."""
        ...

    def encode_spans(
        self,
        texts: Sequence[str],
        spans: Sequence[Sequence[Span]],
        *,
        on_done: Callable[[int], None] | None = None,
    ) -> list[Encoded]:
        """Vectors of whole texts and of spans in them; `spans[i]` are code-point offsets into `texts[i]`.

        A span without words that the encoder read, blank or beyond `max_tokens`, gets the text's vector.
        `on_done` hears how many more texts are done. Raises EncoderError.
        """
        ...

    def token_vectors(self, texts: Sequence[str]) -> "list[TokenVectors]":
        """The word pieces of each text with their vectors in context, and the text's own. Raises EncoderError."""
        ...


@cache
def load_encoder() -> "BundledEncoder":
    """The bundled encoder, loaded once a process."""
    return BundledEncoder()


@cache
def load_word_pieces() -> "WordPieces":
    """The bundled encoder's word pieces alone, loaded once a process."""
    return WordPieces(_bundled())


class WordPieces:
    """Cuts texts into word pieces. Never changed after loading, so that threads can share it."""

    max_tokens = _MAX_TOKENS

    def __init__(self, folder: Traversable) -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_str(bundled.checked(folder, _TOKENIZER, _SHA256[_TOKENIZER]).decode())
        # The file asks for 128 tokens and padding; counts need all of them, and batches pad themselves.
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    def count(self, texts: Sequence[str]) -> list[int]:
        """How many word pieces each text has."""
        encodings = self._tokenizer.encode_batch_fast(_encodable(texts), add_special_tokens=False)
        return [len(encoding) for encoding in encodings]

    def cut(self, texts: Sequence[str], *, offsets: bool) -> "list[Encoding]":
        """The whole texts' word pieces, special ones at both ends; offsets are code points, and cost time."""
        cut = self._tokenizer.encode_batch if offsets else self._tokenizer.encode_batch_fast
        return cut(_encodable(texts))

    def fitted(self, text: str) -> str:
        """As much of the text as `max_tokens` word pieces cover."""
        [encoding] = self.cut([text], offsets=True)
        return text if len(encoding) <= _MAX_TOKENS else text[: encoding.offsets[_MAX_TOKENS - 2][1]]


class BundledEncoder:
    """all-MiniLM-L6-v2, 8 bits, on the processor. Threads may share one; load_encoder() gives the usual one.

    `threads` defaults to the processors this process may use. Raises EncoderError when a file is missing or
    is not the one that was released.
    """

    dimensions = _DIMENSIONS
    max_tokens = _MAX_TOKENS

    def __init__(self, folder: Traversable | None = None, *, threads: int | None = None) -> None:
        folder = folder or _bundled()
        model = bundled.checked(folder, _MODEL, _SHA256[_MODEL])
        self._pieces = WordPieces(folder)
        self._session = bundled.session(model, threads)
        self.name = f"all-MiniLM-L6-v2-int8@{_SHA256[_MODEL][:8]}"

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many word pieces each text has, without special ones."""
        return self._pieces.count(texts)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors (texts, 384) in the order of the texts: the mean of all token vectors."""
        vectors = np.empty((len(texts), _DIMENSIONS), np.float32)
        for batch in self._batches(texts, offsets=False):
            vectors[batch.places] = batch.means()
        return vectors

    def encode_spans(
        self,
        texts: Sequence[str],
        spans: Sequence[Sequence[Span]],
        *,
        on_done: Callable[[int], None] | None = None,
    ) -> list[Encoded]:
        """Vectors of whole texts and of spans in them, all from one pass over each text.

        A span's vector is the mean of the tokens inside it, so its words are read in their context.
        """
        encoded: dict[int, Encoded] = {}
        for batch in self._batches(texts, offsets=True):
            for row, (place, mean) in enumerate(zip(batch.places, batch.means(), strict=True)):
                encoded[place] = Encoded(mean, _span_vectors(*batch.tokens(row), spans[place], mean))
            if on_done:
                on_done(len(batch.places))
        return [encoded[place] for place in range(len(texts))]

    def token_vectors(self, texts: Sequence[str]) -> list[TokenVectors]:
        """The word pieces of each text, special ones left out, with their vectors in context."""
        found: dict[int, TokenVectors] = {}
        for batch in self._batches(texts, offsets=True):
            for row, (place, mean) in enumerate(zip(batch.places, batch.means(), strict=True)):
                offsets, vectors = batch.tokens(row)
                found[place] = TokenVectors(offsets, _unit(vectors), mean)
        return [found[place] for place in range(len(texts))]

    def _batches(self, texts: Sequence[str], *, offsets: bool) -> "Iterator[_Batch]":
        """Run the model over the texts, like lengths together, so that little is padded."""
        for start in range(0, len(texts), _ROUND):
            encodings = self._pieces.cut(texts[start : start + _ROUND], offsets=offsets)
            # Longest first: memory is claimed once, and an estimate of the time left errs on the safe side.
            order = sorted(range(len(encodings)), key=lambda place: -len(encodings[place]))
            for first in range(0, len(order), _BATCH):
                chosen = order[first : first + _BATCH]
                yield self._run([start + place for place in chosen], [encodings[place] for place in chosen])

    def _run(self, places: list[int], encodings: "list[Encoding]") -> "_Batch":
        rows = [_first_tokens(encoding.ids) for encoding in encodings]
        ids = np.zeros((len(rows), max(map(len, rows))), np.int64)  # 0 is [PAD]
        mask = np.zeros_like(ids)
        for row, kept in enumerate(rows):
            ids[row, : len(kept)] = kept
            mask[row, : len(kept)] = 1
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        [hidden] = self._session.run(None, inputs)
        return _Batch(places, encodings, mask, hidden)


@dataclass(frozen=True)
class _Batch:
    """What the model made of a few texts; `places` says which ones, `hidden` is (texts, tokens, dimensions)."""

    places: list[int]
    encodings: "list[Encoding]"
    mask: NDArray[np.int64]
    hidden: Vectors

    def means(self) -> Vectors:
        """One unit vector a text. Special tokens count too: the model was trained so."""
        return _unit((self.mask[:, None, :].astype(np.float32) @ self.hidden)[:, 0])

    def tokens(self, row: int) -> tuple[NDArray[np.int64], Vectors]:
        """Offsets and vectors of one text's tokens as the model gave them, the special ones at either end left out."""
        last = int(self.mask[row].sum()) - 1
        offsets = np.array(self.encodings[row].offsets[1:last], np.int64).reshape(-1, 2)
        return offsets, self.hidden[row, 1:last]


def _span_vectors(offsets: NDArray[np.int64], tokens: Vectors, spans: Sequence[Span], instead: Vectors) -> Vectors:
    # Tokens stand in the order of the text and do not overlap, so each span holds a run of them.
    firsts = np.searchsorted(offsets[:, 0], [span.start for span in spans])
    lasts = np.searchsorted(offsets[:, 1], [span.end for span in spans], side="right")
    vectors = np.empty((len(spans), _DIMENSIONS), np.float32)
    for place, (first, last) in enumerate(zip(firsts, lasts, strict=True)):
        vectors[place] = _unit(tokens[first:last].sum(axis=0)) if first < last else instead
    return vectors


def _first_tokens(ids: list[int]) -> list[int]:
    """At most 256 tokens, the last of them [SEP]."""
    return ids if len(ids) <= _MAX_TOKENS else [*ids[: _MAX_TOKENS - 1], ids[-1]]


def _unit(vectors: Vectors) -> Vectors:
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)
    return unit


def _encodable(texts: Sequence[str]) -> list[str]:
    """The texts with a question mark for each lone surrogate, which no tokenizer takes; offsets stay."""
    return [text.encode(errors="replace").decode() for text in texts]


def _bundled() -> Traversable:
    return files("index") / "encoder_files"
