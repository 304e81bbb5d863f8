"""How fast it is, how much memory and disk it takes. Through the public names that users call.

The figures depend on the machine and on what else it does, so the load is told beside them.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

import numpy as np

from assistant import chat
from assistant.answers import Said
from assistant.extractive import ExtractiveWriter
from assistant.support import FOR_MODELS, Judge, Passage
from bench import corpora, speed_footprint, speed_indexing
from bench.corpora import Corpus
from bench.data import Data
from bench.report import Figure
from bench.speed_footprint import MakeEncoder
from bench.workspace import Workspace
from index import ingest
from index.articles import Article
from index.library import Filters, Library
from index.search import search

# The collections by the number of articles they have in the data that this was written for.
SMALL, LARGE = "609", "6600"
SIZES = (SMALL, LARGE)
_WARM_UP = 10
# Questions that are answered, and answers that are judged: enough for a median.
_ANSWERED, _JUDGED = 60, 20
# An answer of five sentences, held against twenty of the sources that are not the same sentences.
_CLAIMS, _SOURCES = 5, 20


class UnknownSize(ValueError):
    """No collection has this name."""


def chosen(names: Sequence[str]) -> tuple[str, ...]:
    """The collections by these names, each once. Raises UnknownSize."""
    unknown = [name for name in names if name not in SIZES]
    if unknown:
        raise UnknownSize(f"no collection has “{unknown[0]}” articles; choose from {', '.join(SIZES)}")
    return tuple(size for size in SIZES if size in names)


def measure(
    data: Data,
    workspace: Workspace,
    make_encoder: MakeEncoder,
    *,
    sizes: Sequence[str] = (),
    with_peer: bool = False,
) -> list[Figure]:
    """All figures of the collections of these sizes; of none, of all that need no hour to be indexed first.

    `make_encoder` makes the encoder in a process of its own, for the memory it takes there.
    """
    figures: list[Figure] = []
    if SMALL in (sizes or SIZES):
        figures += _named(SMALL, speed_indexing.measure(data, workspace, with_peer=with_peer))
    for size in sizes or SIZES:
        corpus = _corpus(size, data)
        if size not in sizes and size == LARGE and not _is_kept(workspace, corpus):
            workspace.tell(f"{corpus.name} is left out: indexing it takes an hour. Ask for it with --articles {size}")
            continue
        figures += _named(size, _of_library(corpus, _questions(data), workspace, make_encoder))
    return figures


def processors() -> int:
    """How many processors this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def load() -> str:
    """How many processes wanted a processor over the last minute, where the system tells."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def _named(size: str, figures: Iterable[Figure]) -> list[Figure]:
    return [Figure(f"speed/{each.key}/{size}", each.value, each.n) for each in figures]


def _corpus(size: str, data: Data) -> Corpus:
    """Under the names that the quality parts use, so that the libraries are shared."""
    small = corpora.multihop_rag(data)
    return small if size == SMALL else small.with_more("multihop_rag+news_scale", corpora.news_scale(data))


def _questions(data: Data) -> list[str]:
    return [record["query"] for record in data.read("multihop_rag/queries")]


class _NotKept(Exception):
    """The library would have to be made first."""


def _is_kept(workspace: Workspace, corpus: Corpus) -> bool:
    def refuse(_: str) -> None:
        raise _NotKept

    try:
        # A workspace tells what it is about to make before it does.
        with Workspace(workspace.folder, workspace.encoder, refuse).library(corpus):
            return True
    except _NotKept:
        return False


def _of_library(
    corpus: Corpus, questions: Sequence[str], workspace: Workspace, make_encoder: MakeEncoder
) -> Iterator[Figure]:
    with workspace.library(corpus) as library:
        folder, articles = library.folder, library.coverage().articles
        workspace.tell(f"{corpus.name}: searching, answering, judging, adding again")
        yield from _searching(library, questions)
        yield from _answering(library, questions)
        yield from _judging(library, questions)
        yield from _adding_again(library, list(corpus.articles.values()))
    workspace.tell(f"{corpus.name}: memory and disk")
    yield Figure("bytes_per_article", speed_footprint.bytes_on_disk(folder) / max(articles, 1), articles)
    peak = speed_footprint.peak_memory(folder, list(corpus.articles.values()), questions, make_encoder)
    yield Figure("peak_rss_mb", peak, articles)


def _searching(library: Library, questions: Sequence[str]) -> Iterator[Figure]:
    half = Filters(since=_middle_day(library))
    for question in questions[:_WARM_UP]:
        search(library, question)
        search(library, question, filters=half)
    plain, filtered = list[float](), list[float]()
    for number, question in enumerate(questions):
        ways = [
            (plain, partial(search, library, question)),
            (filtered, partial(search, library, question, filters=half)),
        ]
        # In turns, so that the one has no more from what the other has read than the other from it.
        for times, way in ways if number % 2 else reversed(ways):
            times.append(_milliseconds(way))
    yield _percentile("search_ms_p50", plain, 50)
    yield _percentile("search_ms_p95", plain, 95)
    yield _percentile("filtered_search_ms_p50", filtered, 50)


def _middle_day(library: Library) -> str | None:
    """The day from which on half of the dated articles are."""
    days = sorted(each.published_at[:10] for each in library.list_articles() if each.published_at)
    return days[len(days) // 2] if days else None


def _answering(library: Library, questions: Sequence[str]) -> Iterator[Figure]:
    """Until the first sentence is said; a question that is not answered has none."""
    times = [_until_first_sentence(library, question) for question in _spread(questions, _ANSWERED)]
    yield _percentile("ask_first_sentence_ms_p50", [each for each in times if each is not None], 50)


def _until_first_sentence(library: Library, question: str) -> float | None:
    started = time.perf_counter()
    for event in chat.ask(library, question, writer=ExtractiveWriter()):
        if isinstance(event, Said):
            return 1000 * (time.perf_counter() - started)
    return None


def _judging(library: Library, questions: Sequence[str]) -> Iterator[Figure]:
    times = []
    for question in _spread(questions, _JUDGED):
        found = search(library, question, limit=_CLAIMS + _SOURCES).evidence
        claims = [each.sentence.quote for each in found[:_CLAIMS]]
        times.append(_milliseconds(partial(_judge, library, claims, chat.passages(library, found[_CLAIMS:]))))
    yield _percentile("verdict_ms_p50", times, 50)


def _judge(library: Library, claims: Sequence[str], passages: Sequence[Passage]) -> None:
    # One for each answer, as in a conversation: what it has read it remembers.
    judge = Judge(FOR_MODELS)
    for claim in claims:
        judge.verdict(claim, passages)


def _adding_again(library: Library, articles: Sequence[Article]) -> Iterator[Figure]:
    """All articles once more, from their texts on; reading the files they come from is not part of it."""
    spent = _milliseconds(lambda: ingest.add_all(library, map(_made_again, articles)))
    yield Figure("readd_s", spent / 1000, len(articles))


def _made_again(article: Article) -> Article:
    return Article.make(
        title=article.title,
        text=article.text,
        source=article.source,
        author=article.author,
        published_at=article.published_at,
        url=article.url,
        origin=article.origin,
    )


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - started)


def _percentile(key: str, values: Sequence[float], percent: int) -> Figure:
    return Figure(key, float(np.percentile(values, percent)) if values else float("nan"), len(values))


def _spread(questions: Sequence[str], count: int) -> Sequence[str]:
    """About `count` questions from all over the list."""
    return questions[:: max(1, len(questions) // count)]
