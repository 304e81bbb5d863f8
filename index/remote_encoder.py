"""Turn text into unit vectors with any server that speaks OpenAI's /embeddings. Knows nothing of articles or search."""

import base64
import binascii
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from urllib.parse import urlsplit

import numpy as np
import openai
from numpy.typing import NDArray

from index.articles import Span
from index.encoder import Encoded, TokenVectors, load_encoder, load_word_pieces
from index.errors import EncoderError

# Servers cap the texts of one request; 64 is below every cap we know of.
_BATCH = 64
# Texts encoded between two reports of progress: with their spans about one batch.
_TEXTS = 8


class OpenAIEncoder:
    """The encoder behind `base_url`. Texts are sent there; the bundled tokenizer only counts and cuts them.

    The dimension is learnt from the first reply. A local server needs no `api_key`. `timeout` is seconds.
    """

    max_tokens = 256  # as the bundled encoder, so that chunks are the same whichever is used

    def __init__(
        self,
        model: str,
        *,
        base_url: str = "https://api.openai.com/v1",
        api_key: str | None = None,
        timeout: float = 30.0,
        max_retries: int = 2,
    ) -> None:
        self._model = model
        self._address = _without_secrets(base_url)
        self._client = openai.OpenAI(
            # The client insists on a key, local servers on none.
            base_url=base_url, api_key=api_key or "none", timeout=timeout, max_retries=max_retries
        )  # fmt: skip
        self._dimensions: int | None = None
        self.name = f"openai:{model}@{self._address}"

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has. Asks the server when nothing was encoded yet."""
        if self._dimensions is None:
            self._request(["dimensions"])
        assert self._dimensions is not None  # noqa: S101  set by the first reply
        return self._dimensions

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many of the bundled tokenizer's word pieces each text has."""
        return load_word_pieces().count(texts)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors (texts, dimensions) in the order of the texts."""
        if not texts:
            return np.empty((0, self.dimensions), np.float32)
        batches = [self._request(texts[start : start + _BATCH]) for start in range(0, len(texts), _BATCH)]
        return np.concatenate(batches)

    def encode_spans(
        self,
        texts: Sequence[str],
        spans: Sequence[Sequence[Span]],
        *,
        on_done: Callable[[int], None] | None = None,
    ) -> list[Encoded]:
        """Vectors of whole texts, and of spans encoded on their own, since a server shows no token vectors.

        A blank span gets its text's vector.
        """
        encoded: list[Encoded] = []
        for start in range(0, len(texts), _TEXTS):
            some = texts[start : start + _TEXTS]
            encoded += self._some_spans(some, spans[start : start + _TEXTS])
            if on_done:
                on_done(len(some))
        return encoded

    def token_vectors(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Tokens from the bundled encoder, for no endpoint gives them; the texts' own vectors from this one."""
        tokens = load_encoder().token_vectors(texts)
        return [replace(each, whole=whole) for each, whole in zip(tokens, self.encode(texts), strict=True)]

    def close(self) -> None:
        """Close the connections to the server."""
        self._client.close()

    def _some_spans(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> Iterator[Encoded]:
        flat = [
            part
            for text, places in zip(texts, spans, strict=True)
            for part in (text, *(text[place.start : place.end].strip() or text for place in places))
        ]
        vectors, start = self.encode(flat), 0
        for places in spans:
            end = start + 1 + len(places)
            yield Encoded(vectors[start], vectors[start + 1 : end])
            start = end

    def _request(self, texts: Sequence[str]) -> NDArray[np.float32]:
        pieces = load_word_pieces()
        # Servers refuse empty texts, and those that are longer than they can read.
        fitted = [pieces.fitted(text) or " " for text in texts]
        with self._plain_errors():
            reply = self._client.embeddings.create(
                # We decode ourselves: the client's own decoding lets broken replies through as strings.
                model=self._model, input=fitted, encoding_format="base64"
            )  # fmt: skip
        return self._unit_vectors(reply, len(texts))

    def _unit_vectors(self, reply: object, count: int) -> NDArray[np.float32]:
        """The vectors in a reply, checked: the client validates nothing and passes on what it was sent."""
        try:
            items = list(reply.data)  # type: ignore[attr-defined]
            # Some servers number nothing; then the order is all we have.
            items = [items[place] for place in np.argsort([_number(item, items) for item in items])]
            vectors = np.array([_floats(item.embedding) for item in items], np.float32)
        except (AttributeError, TypeError, ValueError, binascii.Error) as error:
            raise self._unusable("is not a list of vectors") from error
        if len(vectors) != count:
            raise self._unusable(f"holds {len(vectors)} vectors for {count} texts")
        if vectors.ndim != 2 or self._dimensions not in (None, vectors.shape[1]):
            raise self._unusable(f"holds vectors of another length than {self._dimensions}")
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not (np.isfinite(lengths).all() and lengths.all()):
            raise self._unusable("holds a vector without direction (zero, infinite or not a number)")
        self._dimensions = vectors.shape[1]
        unit: NDArray[np.float32] = vectors / lengths
        return unit

    def _unusable(self, what: str) -> EncoderError:
        return EncoderError(
            f"The reply of {self._address} to the embedding model “{self._model}” {what}. Check that this"
            " address and model serve embeddings, or use the bundled encoder."
        )

    @contextmanager
    def _plain_errors(self) -> Iterator[None]:
        """Translate the client's errors. Replies are not quoted: servers like to repeat the key in them."""
        at = f"The embedding server {self._address}"
        try:
            yield
        except openai.APITimeoutError as error:
            raise EncoderError(f"{at} did not answer in time. Check that it runs, or try again.") from error
        except openai.APIConnectionError as error:
            raise EncoderError(f"{at} cannot be reached. Check the address and that it runs.") from error
        except (openai.AuthenticationError, openai.PermissionDeniedError) as error:
            raise EncoderError(f"{at} refused the key (HTTP {error.status_code}). Set another one.") from error
        except openai.NotFoundError as error:
            raise EncoderError(f"{at} knows no model “{self._model}” (HTTP 404). Check both names.") from error
        except openai.APIStatusError as error:
            raise EncoderError(f"{at} answered with HTTP {error.status_code}. Try again later.") from error
        except (openai.OpenAIError, ValueError) as error:
            # ValueError: the client found no JSON, or no data in it.
            raise self._unusable("cannot be read") from error


def _number(item: object, items: list[object]) -> int:
    number = getattr(item, "index", None)
    return number if isinstance(number, int) else items.index(item)


def _floats(embedding: object) -> NDArray[np.float32]:
    """A vector sent as base64 or as a list of numbers; servers send what they like."""
    if isinstance(embedding, str):
        return np.frombuffer(base64.b64decode(embedding, validate=True), "<f4")
    return np.array(embedding, np.float32)


def _without_secrets(base_url: str) -> str:
    """The address without user, password or query, where keys can hide. Raises EncoderError when it is none."""
    try:
        parts = urlsplit(base_url)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise EncoderError("The address of the embedding server is not one. It looks like http://localhost:8080/v1.")
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}".rstrip("/")
