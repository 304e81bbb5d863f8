"""The memory that a library takes in a process of its own, and the disk it takes. Knows nothing of time."""

import multiprocessing
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from index import ingest
from index.articles import Article
from index.encoder import Encoder
from index.library import Library
from index.search import search

MakeEncoder = Callable[[], Encoder]

# More than a batch of the encoder, so that adding takes the memory that it takes with any number of articles.
_ADDED = 20
_ASKED = 40


def bytes_on_disk(folder: Path) -> int:
    """The sizes of all files in a folder, added up."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def peak_memory(
    folder: Path, articles: Sequence[Article], questions: Sequence[str], make_encoder: MakeEncoder
) -> float:
    """The most memory, in MB, of a process that opens the library, adds articles to it and searches it.

    It works on a copy. The articles added are some of those given, with other texts.
    """
    fresh = [_another_edition(each) for each in articles[:_ADDED]]
    with tempfile.TemporaryDirectory() as scratch:
        copy = shutil.copytree(folder, Path(scratch) / "library")
        # Not forked: the child must start without the memory of this process.
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
            return pool.submit(_use, copy, fresh, list(questions[:_ASKED]), make_encoder).result()


def _use(folder: Path, fresh: Sequence[Article], questions: Sequence[str], make_encoder: MakeEncoder) -> float:
    with Library(folder, make_encoder()) as library:
        ingest.add_all(library, fresh)
        for question in questions:
            search(library, question)
    return _peak()


def _another_edition(article: Article) -> Article:
    return Article.make(
        title=article.title,
        text=f"{article.text}\nAnother edition.",
        source=article.source,
        published_at=article.published_at,
        origin=f"another edition of {article.id}",
    )


def _peak() -> float:
    if sys.platform == "linux":
        # Not getrusage: there a process starts with the peak of the one that started it.
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024 / 1e6
    if sys.platform == "darwin":
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return float("nan")
