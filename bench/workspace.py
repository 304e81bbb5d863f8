"""Libraries of evaluation articles, kept by content: built once, opened again in a second.

Knows how articles become a library; nothing of what is measured on it.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from importlib.resources import files
from pathlib import Path
from time import monotonic
from typing import TypeVar

from bench.corpora import Corpus
from bench.memory import RememberingEncoder
from index import ingest
from index.encoder import Encoder
from index.library import Library

# The modules of index that decide what is stored of an article, directly or through another.
RECORD_MODULES = ("articles", "bundled", "chunks", "encoder", "ingest", "library", "sentences", "vectors")
_SECONDS_BETWEEN_REPORTS = 10.0
_FINISHED = "finished"

Item = TypeVar("Item")


@dataclass(frozen=True)
class Workspace:
    """Where libraries are kept, what encodes them, and who hears how far their making is."""

    folder: Path
    encoder: Encoder
    tell: Callable[[str], None]

    @contextmanager
    def library(self, corpus: Corpus) -> Iterator[Library]:
        """The library of these articles, complete, made first where need be; a half-made one is gone on with.

        Another text, another encoder or another way of recording articles makes another library.
        """
        folder = self.folder / f"{corpus.name}-{_fingerprint(corpus, self.encoder)}"
        if not (folder / _FINISHED).exists():
            self._make(folder, corpus)
        with Library(folder, self.encoder) as opened:
            yield opened

    def watched(self, items: Collection[Item], what: str, unit: str) -> Iterator[Item]:
        """The items, with a line now and then on how many are done."""
        said = monotonic()
        for done, item in enumerate(items):
            if monotonic() - said > _SECONDS_BETWEEN_REPORTS:
                said = monotonic()
                self.tell(f"{what}: {done} of {len(items)} {unit}")
            yield item

    def _make(self, folder: Path, corpus: Corpus) -> None:
        self.tell(f"{corpus.name}: indexing {len(corpus.articles)} articles in {folder}")
        articles = self.watched(corpus.articles.values(), corpus.name, "articles")
        with RememberingEncoder(self.encoder, self.folder) as encoder, Library(folder, encoder) as library:
            ingest.add_all(library, articles)
        (folder / _FINISHED).touch()


def _fingerprint(corpus: Corpus, encoder: Encoder) -> str:
    digest = hashlib.sha256(encoder.name.encode())
    for module in RECORD_MODULES:
        digest.update(files("index").joinpath(f"{module}.py").read_bytes())
    for article in corpus.articles.values():
        digest.update(json.dumps(astuple(article)).encode())
    return digest.hexdigest()[:16]
