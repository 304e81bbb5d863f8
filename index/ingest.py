"""Files to searchable articles: read → split → group → encode → record → index. Resumable at any point.

Nothing here is remembered outside the library: what is recorded is skipped the next time.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from index import chunks, sentences
from index.articles import Article, Chunk, Sentence, Span
from index.encoder import Encoded, Encoder
from index.library import Library, PreparedArticle
from index.reading import Failure, Outcome, Remarked

# Chunks encoded together, those of like lengths side by side: with 16 of them it took 7 to 18 percent longer.
_CHUNKS_AT_ONCE = 64


@dataclass(frozen=True)
class Added:
    """The article is recorded and can be found."""

    article: Article

    @property
    def remark(self) -> str:
        """What of the article was not understood, such as its date; mostly empty."""
        return self.article.remark if isinstance(self.article, Remarked) else ""


@dataclass(frozen=True)
class Unchanged:
    """An article of this very text was there already."""

    article: Article


Result = Added | Unchanged | Failure
OnEncoded = Callable[[float], None]


@dataclass(frozen=True)
class _Grouped:
    article: Article
    sentences: tuple[Sentence, ...]
    chunks: tuple[Chunk, ...]
    header: str


def add(library: Library, outcomes: Iterable[Outcome], *, on_encoded: OnEncoded | None = None) -> Iterator[Result]:
    """Add articles as they are read, yielding what became of each, in order within a batch.

    An `Added` is yielded when the article is safely recorded. Stopping early loses only what was not yielded.
    `on_encoded` hears how many more articles, or what part of one, are encoded and soon recorded; what it raises
    stops the adding, and all that is recorded was yielded then. So it is with what the outcomes raise.
    """
    waiting: list[_Grouped] = []
    for outcome in outcomes:
        if isinstance(outcome, Failure):
            yield outcome
            continue
        if any(each.article.id == outcome.id for each in waiting):
            yield from _encode_and_record(library, waiting, on_encoded)  # so that it is known, and where it was met
            waiting = []
        if library.known(outcome.id):
            library.set_origin(outcome.id, outcome.origin)
            yield Unchanged(outcome)
        else:
            waiting.append(_split_and_group(outcome, library.encoder))
        if sum(len(each.chunks) for each in waiting) >= _CHUNKS_AT_ONCE:
            yield from _encode_and_record(library, waiting, on_encoded)
            waiting = []
    yield from _encode_and_record(library, waiting, on_encoded)


def encode_anew(library: Library) -> Iterator[Article]:
    """Encode every recorded article again with the library's encoder, after a change of encoder.

    Yields each article as it is encoded; the old vectors stay until all are done.
    """
    done: list[PreparedArticle] = []
    for summary in library.list_articles():
        grouped = _split_and_group(library.article(summary.id), library.encoder)
        done += _encode([grouped], library.encoder)
        yield grouped.article
    library.replace_vectors(done)


def add_all(library: Library, outcomes: Iterable[Outcome]) -> list[Result]:
    """Add and wait for all of it."""
    return list(add(library, outcomes))


def _split_and_group(article: Article, encoder: Encoder) -> _Grouped:
    parts = sentences.split(article.text)
    header = chunks.fitted_header(article, encoder.count_tokens)
    room = chunks.room_for(sum(encoder.count_tokens([header])), encoder.max_tokens)
    counts = encoder.count_tokens([part.text for part in parts])
    return _Grouped(article, parts, chunks.group(parts, counts, room=room), header)


def _encode_and_record(library: Library, batch: list[_Grouped], on_encoded: OnEncoded | None) -> Iterator[Added]:
    if batch:
        library.record(_encode(batch, library.encoder, on_encoded))
        yield from (Added(each.article) for each in batch)


def _encode(batch: list[_Grouped], encoder: Encoder, on_encoded: OnEncoded | None = None) -> list[PreparedArticle]:
    texts, spans = [], []
    for each in batch:
        for chunk in each.chunks:
            text, places = _headed(each, chunk)
            texts.append(text)
            spans.append(places)

    def on_done(count: int) -> None:
        if on_encoded:
            on_encoded(count * len(batch) / len(texts))

    encoded = iter(encoder.encode_spans(texts, spans, on_done=on_done))
    return [_prepared(each, [next(encoded) for _ in each.chunks]) for each in batch]


def _headed(grouped: _Grouped, chunk: Chunk) -> tuple[str, list[Span]]:
    """The text that is encoded for a chunk, and where its sentences stand in it."""
    start = f"{grouped.header}\n"
    shift = len(start) - chunk.span.start
    places = [
        Span(sentence.span.start + shift, sentence.span.end + shift)
        for sentence in grouped.sentences[chunk.first : chunk.last]
    ]
    return start + grouped.article.text[chunk.span.start : chunk.span.end], places


def _prepared(grouped: _Grouped, encoded: list[Encoded]) -> PreparedArticle:
    return PreparedArticle(
        article=grouped.article,
        sentences=grouped.sentences,
        chunks=grouped.chunks,
        header=grouped.header,
        vectors=np.stack([each.vector for each in encoded]),
        sentence_vectors=tuple(each.spans for each in encoded),
    )
