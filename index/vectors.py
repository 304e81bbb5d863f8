"""The dense index: chunk vectors in an embedded Chroma collection. Rebuildable; knows ids, nothing of articles.

Only `PersistentClient` is used and our own vectors are passed: Chroma's server has open advisories of remote
code execution before log-in, and its default embedding function reaches for the network.
"""

import logging
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import LibraryError

_COLLECTION = "chunks"
# Measured: reading embeddings back in batches of this size takes 1.3 s per 20,000.
_READ_BATCH = 2_000


class DenseIndexDamaged(LibraryError):
    """Chroma's files contradict each other or the record; `briefing rebuild` makes them anew."""


class DenseIndex:
    """Nearest chunks by cosine similarity. One folder, one collection, one process."""

    def __init__(self, folder: Path) -> None:
        import chromadb  # 1.3 s to import: only when an index is really opened
        from chromadb.config import Settings

        # Chroma logs a traceback of its own beside the exception that we translate.
        logging.getLogger("chromadb").setLevel(logging.CRITICAL)
        folder.mkdir(parents=True, exist_ok=True)
        try:
            # Any: close() is there in 1.5.9, but not in the declared type.
            self._client: Any = chromadb.PersistentClient(
                path=str(folder), settings=Settings(anonymized_telemetry=False)
            )
            self._collection = self._client.get_or_create_collection(
                _COLLECTION, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
            )
            self._max_batch = self._client.get_max_batch_size()
        except Exception as error:
            raise _damaged(folder, error) from error
        self._folder = folder

    def add(self, ids: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Add vectors (n, dimensions) under new ids; Chroma silently ignores an id that it has."""
        for start in range(0, len(ids), self._max_batch):
            batch = slice(start, start + self._max_batch)
            self._call("add", ids=[str(i) for i in ids[batch]], embeddings=vectors[batch])

    def remove(self, ids: Sequence[int]) -> None:
        """Remove vectors; unknown ids are ignored."""
        for start in range(0, len(ids), self._max_batch):
            self._call("delete", ids=[str(i) for i in ids[start : start + self._max_batch]])

    def nearest(
        self, vector: NDArray[np.float32], k: int, *, among: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """The k nearest (id, cosine similarity), best first; `among` limits the ids considered."""
        if among is not None and not among:
            return []
        allowed = None if among is None else [str(i) for i in among]
        found = self._call(
            "query", query_embeddings=vector.reshape(1, -1), n_results=k, ids=allowed, include=["distances"]
        )
        # Chroma returns cosine distance; similarity is the unit used everywhere else.
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return [(int(name), 1.0 - float(distance)) for name, distance in pairs]

    def ids(self) -> set[int]:
        """All ids that the index says it holds."""
        return {int(name) for name in self._call("get", include=[])["ids"]}

    def check(self) -> None:
        """Read every vector back. Raises DenseIndexDamaged when some cannot be read.

        A kill in the middle of an add can leave Chroma counting vectors it no longer has, so counting is
        no proof.
        """
        for batch in _batches(sorted(self.ids()), _READ_BATCH):
            found = self._call("get", ids=[str(i) for i in batch], include=["embeddings"])
            if len(found["ids"]) != len(batch):
                raise DenseIndexDamaged(f"The vectors in {self._folder} are incomplete. Run: briefing rebuild")

    def close(self) -> None:
        """Release the files."""
        self._client.close()

    def _call(self, method: str, **arguments: Any) -> Any:
        try:
            return getattr(self._collection, method)(**arguments)
        except Exception as error:
            raise _damaged(self._folder, error) from error


def _damaged(folder: Path, error: Exception) -> DenseIndexDamaged:
    reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
    return DenseIndexDamaged(f"The vectors in {folder} cannot be used ({reason}). Run: briefing rebuild")


def _batches(items: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
