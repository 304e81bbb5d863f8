"""Remember what texts were encoded to, so that a change of anything but the encoder encodes nothing again.

Knows the encoder's protocol; nothing of articles or libraries.
"""

import hashlib
import json
import re
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from types import TracebackType

import numpy as np

from bench.around import AroundEncoder
from index.articles import Span
from index.encoder import Encoded, Encoder

# Encoded at each opening: when it comes out otherwise than it did, the encoder reads texts in another way now.
_PROBE = "The harbour master said on Friday that 14 boats had left before the storm. None was lost."
_PROBE_SPANS = (Span(0, 74), Span(75, len(_PROBE)))
# Processors round differently; another way of reading moves some number by far more.
_TOLERANCE = 1e-3


class RememberingEncoder(AroundEncoder):
    """An encoder that takes `encode_spans` from a file where it can. Several processes may share the file."""

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        super().__init__(encoder)
        folder.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(folder / f"{_file_name(encoder.name)}.sqlite3", timeout=60, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute("CREATE TABLE IF NOT EXISTS encoded (key BLOB PRIMARY KEY, vector BLOB, spans BLOB)")
        self._forget_another_reading()

    def __enter__(self) -> "RememberingEncoder":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def encode_spans(
        self,
        texts: Sequence[str],
        spans: Sequence[Sequence[Span]],
        *,
        on_done: Callable[[int], None] | None = None,
    ) -> list[Encoded]:
        """What is remembered, and the rest from the encoder, remembered from now on."""
        keys = [_key(text, places) for text, places in zip(texts, spans, strict=True)]
        found = [self._recall(key) for key in keys]
        if on_done:
            on_done(sum(each is not None for each in found))
        missing = [place for place, each in enumerate(found) if each is None]
        fresh = iter(self._encode([texts[i] for i in missing], [spans[i] for i in missing], on_done))
        complete = [next(fresh) if each is None else each for each in found]
        self._remember({keys[place]: complete[place] for place in missing})
        return complete

    def _encode(
        self, texts: list[str], spans: list[Sequence[Span]], on_done: Callable[[int], None] | None
    ) -> list[Encoded]:
        return self.encoder.encode_spans(texts, spans, on_done=on_done) if texts else []

    def _recall(self, key: bytes) -> Encoded | None:
        row = self._db.execute("SELECT vector, spans FROM encoded WHERE key = ?", (key,)).fetchone()
        if row is None:
            return None
        vector, spans = (np.frombuffer(blob, np.float32) for blob in row)
        return Encoded(vector, spans.reshape(-1, self.dimensions))

    def _remember(self, encoded: dict[bytes, Encoded]) -> None:
        rows = [
            (key, each.vector.astype(np.float32).tobytes(), each.spans.astype(np.float32).tobytes())
            for key, each in encoded.items()
        ]
        with closing(self._db.cursor()) as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            cursor.executemany("INSERT OR REPLACE INTO encoded VALUES (?, ?, ?)", rows)
            cursor.execute("COMMIT")

    def _forget_another_reading(self) -> None:
        key = _key(_PROBE, _PROBE_SPANS)
        [now] = self.encoder.encode_spans([_PROBE], [_PROBE_SPANS])
        before = self._recall(key)
        if before is not None and not _same(before, now):
            self._db.execute("DELETE FROM encoded")
        self._remember({key: now})


def _same(one: Encoded, other: Encoded) -> bool:
    return all(
        a.shape == b.shape and np.allclose(a, b, atol=_TOLERANCE)
        for a, b in ((one.vector, other.vector), (one.spans, other.spans))
    )


def _key(text: str, spans: Sequence[Span]) -> bytes:
    told = json.dumps([text, [[span.start, span.end] for span in spans]])
    return hashlib.sha256(told.encode()).digest()


def _file_name(encoder_name: str) -> str:
    digest = hashlib.sha256(encoder_name.encode()).hexdigest()[:8]
    return f"encoded-{re.sub(r'[^A-Za-z0-9.-]+', '_', encoder_name)}-{digest}"
