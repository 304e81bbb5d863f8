"""One-paragraph briefings of a topic, of chosen articles, or of all that the filters let through.

Chooses the sentences to brief from; writing, citing and checking are the same road as in chat.py.
"""

import time
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.abstention import Decision
from assistant.answers import Answer, Event, Finished, Numbering, Searched, Seconds
from assistant.chat import Road, look_up, nearest, undisturbed
from assistant.writers import Assignment, Writer
from index.errors import BadRequest
from index.library import Filters, Library, StoredChunk
from index.search import Evidence

_FEWEST_WORDS, _MOST_WORDS = 40, 400
# Reporters put the news first: a sentence's place in its article counts beside how central it is.
_LEAD_WEIGHT = 0.35
_LEAD_FADES = 6.0  # sentences until the weight of the place is down to 1/e
# The newest article of a scope has this much over the oldest: later reports replace earlier ones.
_NEWEST_ADDS = 0.15
# Two sentences with a higher cosine than this tell the same news.
_SAME_NEWS = 0.80
# Shorter pieces are headings, bylines and notes, longer ones drown a paragraph: both only where there is nothing else.
_SHORTEST, _LONGEST = 6, 60
_CANDIDATES = 16
# A topic is briefed from the articles that bear on it nearly as well as the best one.
_TOPIC_ARTICLES = 5
_NEARLY_AS_GOOD = 0.8
_NOTHING = "No article passes these filters. Widen the dates, or add articles first."


def brief(
    library: Library,
    topic: str | None = None,
    *,
    writer: Writer,
    filters: Filters | None = None,
    words: int = 120,
    hold_back: bool = True,
) -> Iterator[Event]:
    """Write one paragraph of at most about `words` words, sentence by sentence; the last event is Finished.

    With a topic, from the articles that bear on it; without, from all that pass the filters, and `asked` says so.
    Raises BadRequest for a length out of range, and when the library or the filters leave nothing to brief on.
    """
    started = time.perf_counter()
    filters, topic = filters or Filters(), " ".join((topic or "").split())
    _refuse_odd_length(words)
    searched = library.coverage(filters)
    if not searched.articles:
        raise BadRequest(_NOTHING)
    asked = topic or _question(library, filters)
    evidence, near = undisturbed(lambda: _gather(library, topic, filters))
    if not topic and not evidence:  # what was there has been removed meanwhile
        raise BadRequest(_NOTHING)
    searched_in = time.perf_counter() - started
    yield Searched(asked, searched)
    if not evidence:
        seconds = Seconds(search=searched_in, total=time.perf_counter() - started)
        shown = nearest(near, Numbering())
        yield Finished(
            Answer(topic, asked, "not_found", searched, writer.name, nearest=shown, seconds=seconds, kind="topic")
        )
        return
    assignment = Assignment("briefing", topic, tuple(evidence[:_CANDIDATES]), words)
    road = Road(library, topic, asked, searched, hold_back, started, searched_in, is_briefing=True)
    yield from road.write(writer, assignment)


def _gather(library: Library, topic: str, filters: Filters) -> tuple[list[Evidence], tuple[Evidence, ...]]:
    """The sentences to brief from, and those nearest to the topic, to be shown when there are none."""
    if not topic:
        return rank(library, filters), ()
    found, decision = look_up(library, topic, filters)
    return (rank(library, _scope(decision), topic) if decision.answerable else []), found.evidence


def rank(library: Library, scope: Filters, topic: str = "") -> list[Evidence]:
    """The sentences of the articles in scope, the most telling first, each adding something to those before.

    Centrality is the cosine to the mean of all sentence vectors, as in centroid summarisation (Radev et al.
    2004), drawn half way to the topic if there is one.
    """
    chunks = library.chunks(library.chunk_numbers(scope))
    if not chunks:
        return []
    centre = _unit(np.mean([vector for chunk in chunks for vector in chunk.sentence_vectors], axis=0))
    if topic:
        centre = _unit(centre + library.encoder.encode([topic])[0])
    recency = _recency(chunks)
    pairs = [
        (_weigh(chunk, place, centre, recency), chunk.sentence_vectors[place])
        for chunk in chunks
        for place, sentence in enumerate(chunk.sentences)
        if sentence.quote
    ]
    pairs = [pair for pair in pairs if _SHORTEST <= _length(pair[0]) <= _LONGEST] or pairs
    return _novel(sorted(pairs, key=lambda pair: -pair[0].score))


def _length(evidence: Evidence) -> int:
    return len(evidence.sentence.quote.split())


def _weigh(chunk: StoredChunk, place: int, centre: NDArray[np.float32], recency: dict[str, float]) -> Evidence:
    sentence = chunk.sentences[place]
    central = float(chunk.sentence_vectors[place] @ centre)
    lead = float(np.exp(-sentence.number / _LEAD_FADES))
    weight = (1 - _LEAD_WEIGHT) * central + _LEAD_WEIGHT * lead
    return Evidence(chunk.article, sentence, central, 0.0, weight + _NEWEST_ADDS * recency[chunk.article.id])


def _recency(chunks: Sequence[StoredChunk]) -> dict[str, float]:
    """Where each article's day stands among the days of the scope: 0 for the oldest or undated, 1 for the newest."""
    days = {chunk.article.id: (chunk.article.published_at or "")[:10] for chunk in chunks}
    ordered = sorted(set(days.values()))
    last = max(1, len(ordered) - 1)
    return {article_id: ordered.index(day) / last for article_id, day in days.items()}


def _novel(pairs: Sequence[tuple[Evidence, NDArray[np.float32]]]) -> list[Evidence]:
    taken: list[tuple[Evidence, NDArray[np.float32]]] = []
    for evidence, vector in pairs:
        if all(float(vector @ other) < _SAME_NEWS for _, other in taken):
            taken.append((evidence, vector))
    return [evidence for evidence, _ in taken]


def _unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-9), np.float32)


def _scope(decision: Decision) -> Filters:
    """The articles that bear on a topic nearly as well as the best one."""
    best = decision.evidence[0].score
    near = [each.article.id for each in decision.evidence if each.score >= _NEARLY_AS_GOOD * best]
    return Filters(article_ids=tuple(dict.fromkeys(near))[:_TOPIC_ARTICLES])


def _question(library: Library, filters: Filters) -> str:
    """What a briefing without a topic answers."""
    articles = library.list_articles(filters)
    scope = f"“{articles[0].title}”" if len(articles) == 1 else f"these {len(articles):,} articles"
    return f"What is the news in {scope}?"


def _refuse_odd_length(words: int) -> None:
    if not _FEWEST_WORDS <= words <= _MOST_WORDS:
        raise BadRequest(f"A briefing has {_FEWEST_WORDS} to {_MOST_WORDS} words; {words} were asked for.")
