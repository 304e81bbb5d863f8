"""Rank chunks for a question, facet by facet. Knows words, vectors and the library; nothing of sentences or answers.

How the weights were found, and what did not help, is in docs/decisions/0006-retrieval.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from index.articles import Span
from index.encoder import Encoded
from index.facets import Facet, Inquiry
from index.library import Filters, Library, RankableChunk, StoredChunk
from index.periods import day_of
from index.words import Word, content_words

# How many chunks each way of finding them brings, and how many are ranked for the caller.
_CANDIDATES = 50
# All chunks of a named outlet or period are ranked when they are no more than this; else the best by words.
_SMALL_POOL = 400
# What a cosine counts beside the words, whose score is 1 for the chunk that matches them best.
_COSINE = 0.7
# The whole question counts so much beside the facet's own part and the clause that the chunk matches best, 1 each.
_WHOLE_QUESTION = 0.3
# A named outlet and a named period each count more than all the words of a part and a clause.
_NAMED = 3.0
# News of today has this much over old news, half of it over news of half a year ago.
_NEWEST_ADDS = 0.9
_HALF_LIFE = 180.0  # days

Scores = NDArray[np.float32]


@dataclass(frozen=True)
class ScoredChunk:
    """A chunk with its score for the facet that it fits best; higher is better."""

    chunk: StoredChunk
    score: float


def rank(library: Library, inquiry: Inquiry, encoded: Encoded, filters: Filters, today: date) -> list[ScoredChunk]:
    """The best chunks, each facet of the question in its turn, so that a much-told part does not crowd out others.

    `encoded` holds the question's vector and those of `spans(inquiry)`.
    """
    among = library.chunk_numbers(filters) if filters.active else None
    lexical = _Lexical(library, inquiry, among)
    near = [number for number, _ in library.dense.nearest(encoded.vector, _CANDIDATES, among=among)]
    named = [number for pool in _named_pools(library, inquiry) for number in lexical.best(pool)]
    candidates = library.rankable(list(dict.fromkeys([*near, *lexical.best(), *named])))
    if not candidates:
        return []
    scores = _facet_scores(inquiry, encoded, lexical, candidates) + _NEWEST_ADDS * _freshness(candidates, today)
    order = _in_turns(scores)[:_CANDIDATES]
    best = {candidates[place].number: float(scores[:, place].max()) for place in order}
    return [ScoredChunk(chunk, best[chunk.number]) for chunk in library.chunks(list(best))]


def spans(inquiry: Inquiry) -> list[Span]:
    """The parts of the question that are matched one by one: clauses, then facets."""
    return [*inquiry.clauses, *(facet.span for facet in inquiry.facets)]


def _named_pools(library: Library, inquiry: Inquiry) -> list[list[int]]:
    """The chunks of the outlets that each facet names, and those of each period that it names."""
    named = [Filters(sources=tuple(facet.sources)) for facet in inquiry.facets if facet.sources]
    named += [Filters(since=each.first, until=each.last) for facet in inquiry.facets for each in facet.periods]
    return [library.chunk_numbers(filters) for filters in dict.fromkeys(named)]


class _Lexical:
    """BM25 of every chunk for the question and for each of its parts: the sum over the words that stand there."""

    def __init__(self, library: Library, inquiry: Inquiry, among: Sequence[int] | None) -> None:
        parts = dict.fromkeys([Span(0, len(inquiry.question)), *spans(inquiry)])
        self._rows = {span: row for row, span in enumerate(parts)}
        self._totals = np.zeros((len(self._rows), library.last_chunk() + 1), np.float32)
        for places in _places(inquiry.matter).values():
            found = library.match_word(places[0].text)
            # Chunks recorded since this search began are not part of it.
            known = found.chunks < self._totals.shape[1]
            for span, row in self._rows.items():
                if any(span.start <= word.span.start < span.end for word in places):
                    self._totals[row, found.chunks[known]] += found.scores[known]
        self._allowed = np.ones(self._totals.shape[1], bool)
        if among is not None:
            self._allowed[:] = False
            self._allowed[_below(len(self._allowed), among)] = True
            self._totals *= self._allowed

    def best(self, pool: Sequence[int] | None = None) -> list[int]:
        """The chunks that match the question's words best; of a small pool all, with the words or without."""
        whole = self._totals[0]
        numbers = np.flatnonzero(whole) if pool is None else _below(len(whole), pool)
        numbers = numbers[self._allowed[numbers]]
        if pool is not None and len(numbers) <= _SMALL_POOL:
            return [int(number) for number in numbers]
        top = numbers[np.argsort(-whole[numbers], kind="stable")[:_CANDIDATES]]
        return [int(number) for number in top if whole[number] > 0]

    def of(self, span: Span, numbers: Sequence[int]) -> Scores:
        """The scores of these chunks for a part, 1 for the chunk that matches it best of all."""
        row = self._totals[self._rows[span]]
        scores: Scores = row[list(numbers)] / max(float(row.max()), 1e-9)
        return scores


def _below(size: int, numbers: Sequence[int]) -> NDArray[np.int64]:
    """The numbers below a size, as an array: what was recorded since this search began is not part of it."""
    found = np.array(numbers, np.int64)
    return found[found < size]


def _places(matter: str) -> dict[str, list[Word]]:
    """The words of matter by stem, with all their places."""
    found: dict[str, list[Word]] = {}
    for word in content_words(matter):
        found.setdefault(word.stem, []).append(word)
    return found


def _facet_scores(inquiry: Inquiry, encoded: Encoded, lexical: _Lexical, candidates: Sequence[RankableChunk]) -> Scores:
    """How well each candidate fits each facet, (facets, candidates)."""
    numbers = [each.number for each in candidates]
    whole = Span(0, len(inquiry.question))
    cosines = _best_cosines(candidates, np.vstack([encoded.vector, encoded.spans]))
    matches = {
        span: lexical.of(span, numbers) + _COSINE * cosine
        for span, cosine in zip([whole, *spans(inquiry)], cosines, strict=True)
    }
    clause = np.max([matches[span] for span in inquiry.clauses], axis=0) if inquiry.clauses else matches[whole]
    common = _WHOLE_QUESTION * matches[whole] + clause
    return np.stack(
        [
            common + (matches[facet.span] if inquiry.asks(facet.span) else clause) + _NAMED * _named(facet, candidates)
            for facet in inquiry.facets
        ]
    )


def _best_cosines(candidates: Sequence[RankableChunk], vectors: NDArray[np.float32]) -> Scores:
    """The cosine of each chunk's nearest sentence to each vector, (vectors, chunks)."""
    sentences = np.concatenate([each.sentence_vectors for each in candidates]).astype(np.float32)
    starts = np.cumsum([0, *(len(each.sentence_vectors) for each in candidates)])[:-1]
    best: Scores = np.maximum.reduceat(vectors @ sentences.T, starts, axis=1)
    return best


def _named(facet: Facet, candidates: Sequence[RankableChunk]) -> Scores:
    """1 for a chunk of a named outlet, 1 for one of a named period, 2 for both."""
    return np.array(
        [(each.source in facet.sources) + any(period.has(each.day) for period in facet.periods) for each in candidates],
        np.float32,
    )


def _freshness(candidates: Sequence[RankableChunk], today: date) -> Scores:
    """1 for today's news, falling to 0; 0 for what has no date."""
    days = [day_of(each.day) for each in candidates]
    ages = [(today - day).days if day else np.inf for day in days]
    return np.power(0.5, np.maximum(ages, 0) / _HALF_LIFE, dtype=np.float32)


def _in_turns(scores: Scores) -> list[int]:
    """The places of candidates: the best of each facet, the better ones first, then the second best of each …"""
    ranked = np.argsort(-scores, axis=1, kind="stable")
    found: dict[int, None] = {}
    for places in ranked.T:
        found.update(dict.fromkeys(int(places[facet]) for facet in np.argsort(-_at(scores, places), kind="stable")))
    return list(found)


def _at(scores: Scores, places: NDArray[np.intp]) -> Scores:
    return scores[np.arange(len(places)), places]
