"""Does the source support the sentence? A verdict with reasons, by deterministic checks and the encoder.

The checks (numbers, dates, names, quotations, speakers, negation) can only lower a verdict; the score says how
much of the sentence's matter the source holds. Pure: needs the encoder and the words, nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from assistant.answers import VerdictLabel
from assistant.checks import Fault, Source, attribution, dates, names, numbers, polarity, quotations
from index.articles import Article, Sentence
from index.encoder import Encoder
from index.words import content_words, coverage, stems

# Thresholds of the score. Between the two a sentence is shown as partly supported.
SUPPORTED = 0.62
PARTLY = 0.50
# From here on the source speaks of the same matter, so that a difference is a contradiction.
_SAME_MATTER = 0.42
_CHECKS = (numbers, dates, names, quotations, attribution, polarity)
_ORDER: dict[VerdictLabel, int] = {"supported": 0, "partly": 1, "contradicted": 2, "not_found": 3}
# A second sentence must add this much to the score, or it only lends its names and numbers.
_PAIR_ADDS = 0.05
_PAIRED = 3
# How many sentences before a source sentence are read for the meaning of its pronouns.
_BEFORE = 2
_MOST_MISSING_WORDS = 4


@dataclass(frozen=True)
class Passage:
    """A sentence that a claim may rest on, in its article."""

    article: Article
    sentence: Sentence
    before: str = ""

    @classmethod
    def of(cls, article: Article, sentences: Sequence[Sentence], number: int) -> "Passage":
        """The passage of a sentence, with what stands before it."""
        before = " ".join(each.quote for each in sentences[max(0, number - _BEFORE) : number])
        return cls(article, sentences[number], before)


@dataclass(frozen=True)
class Verdict:
    """What a claim's sources say of it. `backing` are the passages it rests on, or the nearest ones."""

    label: VerdictLabel
    score: float
    reasons: tuple[str, ...]
    faults: tuple[Fault, ...]
    backing: tuple[Passage, ...]


class Judge:
    """Gives verdicts; holds the encoder."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def verdict(self, claim: str, passages: Sequence[Passage], *, where: str = "the cited sentence") -> Verdict:
        """The verdict that one passage, or two together, bear out.

        A claim may need two sentences, so pairs are tried when no single one decides it. `where` names the
        passages in reasons. Without passages the verdict is not_found.
        """
        verdicts = self._verdicts(claim, [(passage,) for passage in passages], where)
        if not verdicts:
            return Verdict("not_found", 0.0, ("There is no source sentence to hold it against.",), (), ())
        best = _best(verdicts)
        if best.label in ("supported", "contradicted"):
            return best
        pairs = self._verdicts(claim, _pairs(verdicts), where.replace("sentence", "sentences"))
        return _best([best, *(pair for pair in pairs if pair.score >= best.score + _PAIR_ADDS)])

    def _verdicts(self, claim: str, groups: Sequence[tuple[Passage, ...]], where: str) -> list[Verdict]:
        if not groups:
            return []
        sources = [_source(group) for group in groups]
        vectors = self._encoder.encode([claim, *(source.text for source in sources)])
        similarities = vectors[1:] @ vectors[0]
        return [
            _judge(claim, source, group, float(similarity), where)
            for source, group, similarity in zip(sources, groups, similarities, strict=True)
        ]


def _best(verdicts: Sequence[Verdict]) -> Verdict:
    """The verdict that counts: a source nearer to the claim than any that supports it may contradict it."""
    nearest = max(verdicts, key=lambda verdict: verdict.score)
    if nearest.label == "contradicted":
        return nearest
    return min(verdicts, key=lambda verdict: (_ORDER[verdict.label], -verdict.score))


def _pairs(verdicts: Sequence[Verdict]) -> list[tuple[Passage, ...]]:
    """The nearest passages two by two: what one sentence lacks the other may say."""
    nearest = sorted(verdicts, key=lambda verdict: -verdict.score)[:_PAIRED]
    return [(one.backing[0], other.backing[0]) for one, other in combinations(nearest, 2)]


def _source(group: tuple[Passage, ...]) -> Source:
    first = group[0]
    return Source(
        sentences=tuple(passage.sentence.quote for passage in group),
        before=" ".join(dict.fromkeys([first.article.title, *(passage.before for passage in group)])),
        article=" ".join({f"{p.article.title}\n{p.article.text}": None for p in group}),
        day=(first.article.published_at or "")[:10] or None,
    )


def _judge(claim: str, source: Source, group: tuple[Passage, ...], similarity: float, where: str) -> Verdict:
    if quotations.plain(claim).strip(" .") == quotations.plain(source.text).strip(" ."):
        return Verdict("supported", 1.0, (), (), group)
    faults = tuple(fault for check in _CHECKS for fault in check.check(claim, source, where=where))
    score = _score(claim, source, similarity)
    label = _label(score, faults)
    return Verdict(label, score, _reasons(label, score, faults, claim, source, where), faults, group)


def _score(claim: str, source: Source, similarity: float) -> float:
    """The mean of the cosine and of the share of the claim's content words that the source has."""
    wanted = [word.stem for word in content_words(claim)]
    said = coverage(wanted, stems(source.text), {})
    return float(np.clip((similarity + said) / 2, 0.0, 1.0))


def _label(score: float, faults: Sequence[Fault]) -> VerdictLabel:
    kinds = {fault.kind for fault in faults}
    if "wrong" in kinds:
        return "contradicted" if score >= _SAME_MATTER else "not_found"
    if score < PARTLY or ("absent" in kinds and score < SUPPORTED):
        return "not_found"
    return "partly" if kinds or score < SUPPORTED else "supported"


def _reasons(
    label: VerdictLabel, score: float, faults: Sequence[Fault], claim: str, source: Source, where: str
) -> tuple[str, ...]:
    if label == "supported":
        return ()
    if faults and score >= _SAME_MATTER:
        return tuple(dict.fromkeys(fault.reason for fault in faults))
    there = stems(f"{source.text} {source.before}")
    missing = list(dict.fromkeys(word.text for word in content_words(claim) if word.stem not in there))
    if not missing:
        return (f"The words are in {where}, but it does not clearly say this.",)
    listed = ", ".join(f"“{word}”" for word in missing[:_MOST_MISSING_WORDS])
    return (f"Not in {where}: {listed}.",)
