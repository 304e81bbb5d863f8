"""Find the sentences that bear on a question. Knows the library and the encoder; nothing of models or chat.

Chunks are ranked by ranking.py; here the sentences of the best ones are weighed one by one, and the best of
these, when asked for, once more with the question beside them.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from index import likeness, ranking
from index.articles import Article, Sentence
from index.facets import understand
from index.library import Coverage, Filters, Library, StoredChunk
from index.periods import day_of
from index.ranking import ScoredChunk
from index.words import content_words, coverage, stems

# How many of the best chunks give up their sentences.
_BEST_CHUNKS = 16
# Sentences encoded by themselves when reranking.
_READ_CLOSELY = 12
# From this likeness on, a word counts as said in another word.
_SAID = 0.5
# A word in the headline, the sentence before or the sentence after counts as half said.
_CONTEXT_WEIGHT = 0.5


@dataclass(frozen=True)
class Evidence:
    """A sentence that bears on the question.

    `similarity` is its cosine to the question; `coverage` the weighted share of the question's words it says
    (its context counting half); `score` in about [0, 1] orders evidence, best first. `unsaid` are the stems of
    the question's words that it says in no words of its own; known after `rerank`.
    """

    article: Article
    sentence: Sentence
    similarity: float
    coverage: float
    score: float = 0.0
    unsaid: frozenset[str] = frozenset()

    @property
    def key(self) -> tuple[str, int]:
        """What tells this sentence from all others."""
        return self.article.id, self.sentence.number


@dataclass(frozen=True)
class Found:
    """What a search brought: chunks and evidence, both best first, and what was looked at.

    After `rerank` the evidence has two parts: what was read closely, best first, then the rest, on its older scale.
    """

    chunks: tuple[ScoredChunk, ...]
    evidence: tuple[Evidence, ...]
    searched: Coverage
    weights: dict[str, float]


def search(
    library: Library, question: str, *, filters: Filters | None = None, limit: int = 20, today: date | None = None
) -> Found:
    """The best chunks for the question and the best `limit` sentences in them, by the filters.

    "this week" and the like count from `today`, the day it is when none is given.
    """
    filters, today = filters or Filters(), today or date.today()
    searched = library.coverage(filters)
    newest = min(today, day_of(searched.last_day) or today)
    inquiry = understand(question, library.sources(), today=today, newest=newest)
    [encoded] = library.encoder.encode_spans([question], [ranking.spans(inquiry)])
    ranked = ranking.rank(library, inquiry, encoded, filters, today)
    weights = word_weights(library, question)  # after ranking, which has looked the words up
    evidence = _rank_sentences(library, encoded.vector, weights, ranked[:_BEST_CHUNKS])
    return Found(tuple(ranked), tuple(evidence[:limit]), searched, weights)


def word_weights(library: Library, text: str) -> dict[str, float]:
    """The inverse document frequency of each stem of the text, over the library's chunks.

    log(1 + (N - n + 0.5) / (n + 0.5)), as in BM25 (Robertson and Zaragoza 2009).
    """
    by_stem = {word.stem: word.text for word in content_words(text)}
    counts = library.chunk_counts(list(by_stem.values()))
    total = library.chunk_total()
    return {stem: math.log(1 + (total - counts[word] + 0.5) / (counts[word] + 0.5)) for stem, word in by_stem.items()}


def _rank_sentences(
    library: Library, vector: NDArray[np.float32], weights: dict[str, float], ranked: Sequence[ScoredChunk]
) -> list[Evidence]:
    found = [
        _weighed(chunk.article, sentence, float(similarity), _covered(library, chunk, sentence, weights))
        for chunk in (each.chunk for each in ranked)
        for sentence, similarity in zip(chunk.sentences, chunk.sentence_vectors @ vector, strict=True)
        if sentence.quote
    ]
    return sorted(found, key=lambda each: -each.score)


def rerank(library: Library, question: str, found: Found) -> Found:
    """The same with its best sentences weighed again, each encoded by itself, and words said in other words.

    About 60 ms on two cores. The late vector knows the context and the lone one the sentence; their mean is
    better than either alone.
    """
    head, tail = found.evidence[:_READ_CLOSELY], found.evidence[_READ_CLOSELY:]
    if not head:
        return found
    wanted = list({word.stem: word for word in content_words(question)}.values())
    quotes = [each.sentence.quote for each in head]
    asking, *telling = library.encoder.token_vectors([question, *quotes])
    weighed = []
    for each, quote, tokens in zip(head, quotes, telling, strict=True):
        shares = likeness.said(wanted, asking, quote, tokens)
        covered = max(each.coverage, likeness.weighted_share(shares, wanted, found.weights))
        similarity = (each.similarity + float(tokens.whole @ asking.whole)) / 2
        unsaid = frozenset(word.stem for word, share in zip(wanted, shares, strict=True) if share < _SAID)
        weighed.append(replace(_weighed(each.article, each.sentence, similarity, covered), unsaid=unsaid))
    return replace(found, evidence=(*sorted(weighed, key=lambda each: -each.score), *tail))


def _weighed(article: Article, sentence: Sentence, similarity: float, covered: float) -> Evidence:
    """Meaning and words in equal parts."""
    return Evidence(article, sentence, similarity, covered, (similarity + covered) / 2)


def _covered(library: Library, chunk: StoredChunk, sentence: Sentence, weights: dict[str, float]) -> float:
    wanted = list(weights)
    own = stems(sentence.text)
    around = own | context_stems(library, chunk.article, sentence)
    said, about = coverage(wanted, own, weights), coverage(wanted, around, weights)
    return (1 - _CONTEXT_WEIGHT) * said + _CONTEXT_WEIGHT * about


def context_stems(library: Library, article: Article, sentence: Sentence) -> frozenset[str]:
    """The stems of the headline, outlet, and the sentences before and after."""
    parts = library.sentences(article.id)
    beside = parts[max(0, sentence.number - 1) : sentence.number + 2]
    return stems(f"{article.title} {article.source or ''}").union(*(stems(part.text) for part in beside))
