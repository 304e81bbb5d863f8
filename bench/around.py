"""An encoder around another one: what measuring adds goes into a subclass, the rest passes through."""

from collections.abc import Callable, Sequence

from index.articles import Span
from index.encoder import Encoded, Encoder, TokenVectors, Vectors


class AroundEncoder:
    """Does as the encoder inside does, under its name."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.name, self.dimensions, self.max_tokens = encoder.name, encoder.dimensions, encoder.max_tokens

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """As the encoder counts."""
        return self.encoder.count_tokens(texts)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """As the encoder encodes."""
        return self.encoder.encode(texts)

    def token_vectors(self, texts: Sequence[str]) -> list[TokenVectors]:
        """As the encoder encodes."""
        return self.encoder.token_vectors(texts)

    def encode_spans(
        self,
        texts: Sequence[str],
        spans: Sequence[Sequence[Span]],
        *,
        on_done: Callable[[int], None] | None = None,
    ) -> list[Encoded]:
        """As the encoder encodes."""
        return self.encoder.encode_spans(texts, spans, on_done=on_done)
