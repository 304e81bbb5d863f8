"""Does the source support the sentence? A verdict with reasons, by deterministic checks and the encoder.

The checks (numbers, dates, names, quotations, speakers, negation) can only lower a verdict; the score says how
much of the sentence's matter the source holds: the mean of the cosine and of the share of its content words that
the source says in the same or in like words. Pure: needs the encoder and the words, nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from assistant.answers import VerdictLabel
from assistant.checks import (
    Fault,
    Source,
    agree,
    attribution,
    dates,
    names,
    numbers,
    order,
    polarity,
    quotations,
    shortening,
)
from index import likeness
from index.articles import Article, Sentence
from index.encoder import Encoder, TokenVectors
from index.words import Word, content_words, stems

# Thresholds of the score; between the two a sentence is shown as partly supported. Chosen on a sample of 899
# claims of the evaluation half, where the balanced accuracy is best from 0.70 to 0.80 (docs/quality.md).
SUPPORTED = 0.72
PARTLY = 0.55
# From here on the source speaks of the same matter, so that a difference is a contradiction.
_SAME_MATTER = 0.5
_CHECKS = (numbers, dates, names, quotations, attribution, polarity)
_ORDER: dict[VerdictLabel, int] = {"supported": 0, "partly": 1, "contradicted": 2, "not_found": 3}
# A second sentence must add this much to the score, or it only lends its names and numbers.
_PAIR_ADDS = 0.05
_PAIRED = 3
# Sources further from the claim than so many others are not looked into: what they say is about something else.
_NEAREST = 6
# How many sentences before a source sentence are read for the meaning of its pronouns.
_BEFORE = 2
_MOST_MISSING_WORDS = 4
# A longer sentence is none; several checks compare all its words with all of the source's.
_LONGEST_CLAIM = 3_000
_SHORTEST_ADVERB = 5


@dataclass(frozen=True)
class Standard:
    """How much is asked for "supported".

    The likeness from which on a word counts as said, and whether the sentence must be the source's own words with
    nothing gone but what stands apart.
    """

    said: float
    own_words: bool = False


# What a person wrote may say a thing in other words.
FOR_PEOPLE = Standard(said=0.5)
# A model rephrases without need, and there it errs: its sentences must be the source's own words (decision 0004).
FOR_MODELS = Standard(said=0.9, own_words=True)


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
    """What a claim's sources say of it. `backing` are the passages it rests on, or the nearest ones.

    `unsaid` are the words of the claim that neither they nor the headline say in any words.
    """

    label: VerdictLabel
    score: float
    reasons: tuple[str, ...]
    faults: tuple[Fault, ...]
    unsaid: frozenset[str]
    backing: tuple[Passage, ...]


class Judge:
    """Gives verdicts; holds the encoder, and remembers the sources it has read. One for each answer."""

    def __init__(self, encoder: Encoder, standard: Standard = FOR_PEOPLE) -> None:
        self._encoder = encoder
        self._standard = standard
        self._read: dict[str, TokenVectors] = {}

    def verdict(self, claim: str, passages: Sequence[Passage], *, where: str = "the cited sentence") -> Verdict:
        """The verdict that one passage, or two together, bear out.

        A claim may need two sentences, so pairs are tried when no single one decides it. `where` names the
        passages in reasons. Without passages the verdict is not_found.
        """
        if not passages:
            return _not_judged("There is no source sentence to hold it against.")
        if len(claim) > _LONGEST_CLAIM:
            return _not_judged(f"The sentence has {len(claim):,} characters; at most {_LONGEST_CLAIM:,} are checked.")
        for passage in passages:
            if _same_words(claim, passage.sentence.quote):
                reason = shortening.cut_loose(claim, _source((passage,)), where)
                label: VerdictLabel = "partly" if reason else "supported"
                return Verdict(label, 1.0, (reason,) if reason else (), (), frozenset(), (passage,))
        verdicts = self._verdicts(claim, [(passage,) for passage in passages], where)
        best = _best(verdicts)
        if best.label in ("supported", "contradicted"):
            return best
        pairs = self._verdicts(claim, _pairs(verdicts), where.replace("sentence", "sentences"))
        return _best([best, *(pair for pair in pairs if pair.score >= best.score + _PAIR_ADDS)])

    def _verdicts(self, claim: str, groups: Sequence[tuple[Passage, ...]], where: str) -> list[Verdict]:
        sources = [_source(group) for group in groups]
        [asking] = self._tokens([claim])
        self._tokens([passage.sentence.quote for group in groups for passage in group])
        wanted = content_words(claim)
        weighed = []
        for group, source in zip(groups, sources, strict=True):
            tokens = _together([self._read[passage.sentence.quote] for passage in group])
            said = likeness.said(wanted, asking, source.text, tokens)
            score = float(np.clip((asking.whole @ tokens.whole + said.mean()) / 2, 0, 1)) if wanted else 0.0
            weighed.append((score, said, group, source))
        weighed.sort(key=lambda each: -each[0])
        verdicts = []
        for score, said, group, source in weighed[:_NEAREST]:
            faults = tuple(fault for check in _CHECKS for fault in check.check(claim, source, where=where))
            unsaid = self._unsaid(wanted, said, source, group[0].article.title)
            own_words = shortening.own_words(claim, source.text, shorter=not self._standard.own_words)
            score = max(score, SUPPORTED) if own_words else score
            label = _label(score, faults)
            doubt = "" if label != "supported" else self._doubt(claim, source, own_words, unsaid, where)
            if label == "supported" and (unsaid or doubt or len(group) > 1):
                # Two sentences may each say a part and neither the whole; a new word may be a new fact.
                label = "partly"
            reasons = (doubt,) if doubt else _reasons(label, score, faults, unsaid, where)
            verdicts.append(Verdict(label, score, reasons, faults, frozenset(unsaid), group))
        return verdicts

    def _unsaid(self, wanted: Sequence[Word], said: NDArray[np.float32], source: Source, headline: str) -> list[str]:
        """The words of the claim that the source does not say; a name may be explained by the headline."""
        explained = {part for name in names.names(headline, source.whole) for part in name.parts}
        given = stems(source.text)
        return [
            word.text
            for word, share in zip(wanted, said, strict=True)
            if (share < self._standard.said or (_tells_how(word) and word.stem not in given))
            and not (word.text[0].isupper() and names.plain(word.text) in explained)
        ]

    def _doubt(self, claim: str, source: Source, own_words: bool, unsaid: Sequence[str], where: str) -> str:
        """Why a claim that no check found fault with may still not be what the source says; empty for none."""
        if own_words or unsaid:
            return shortening.cut_loose(claim, source, where)
        if doubt := shortening.cut_loose(claim, source, where) or order.doubt(claim, source.text):
            return doubt
        if lost := shortening.left_out(claim, source.text):
            return f"Shortened: {where} {agree(where, 'say')} more (“{lost}”). Read the source."
        return f"Not word for word: compare it with {where}." if self._standard.own_words else ""

    def _tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """The tokens of the texts, those of texts read before from memory."""
        new = list(dict.fromkeys(text for text in texts if text not in self._read))
        self._read.update(zip(new, self._encoder.token_vectors(new), strict=True))
        return [self._read[text] for text in texts]


def _together(parts: Sequence[TokenVectors]) -> TokenVectors:
    """The tokens of several sentences as those of one text."""
    if len(parts) == 1:
        return parts[0]
    whole = np.sum([part.whole * len(part.vectors) for part in parts], axis=0)
    return TokenVectors(
        np.concatenate([part.offsets for part in parts]),
        np.concatenate([part.vectors for part in parts]),
        np.asarray(whole / max(float(np.linalg.norm(whole)), 1e-9), np.float32),
    )


def _best(verdicts: Sequence[Verdict]) -> Verdict:
    """The verdict that counts: the best one, unless a source that speaks more closely of the claim contradicts it.

    It does so when it says words of the claim that the best one leaves unsaid, or when the best one supports the
    claim in part only and is less near. A source that plainly supports stands, for figures get replaced.
    """
    best = min(verdicts, key=lambda verdict: (_ORDER[verdict.label], -verdict.score))
    against = [verdict for verdict in verdicts if verdict.label == "contradicted"]
    only_partly = best.label != "supported"
    closer = [each for each in against if best.unsaid - each.unsaid or (only_partly and each.score > best.score)]
    return max(closer, key=lambda verdict: verdict.score, default=best)


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
        ahead=first.article.text[: first.sentence.start].rpartition("\n")[2],
    )


def _not_judged(reason: str) -> Verdict:
    return Verdict("not_found", 0.0, (reason,), (), frozenset(), ())


def _label(score: float, faults: Sequence[Fault]) -> VerdictLabel:
    kinds = {fault.kind for fault in faults}
    if "wrong" in kinds:
        return "contradicted" if score >= _SAME_MATTER else "not_found"
    if score < PARTLY or ("absent" in kinds and score < SUPPORTED):
        return "not_found"
    return "partly" if kinds or score < SUPPORTED else "supported"


def _same_words(claim: str, sentence: str) -> bool:
    return quotations.plain(claim).rstrip(" .") == quotations.plain(sentence).rstrip(" .")


def _tells_how(word: Word) -> bool:
    """Whether a word is an adverb such as "unanimously": nothing near it in meaning stands for it."""
    return word.text.endswith("ly") and word.text.islower() and len(word.text) > _SHORTEST_ADVERB


def _reasons(
    label: VerdictLabel, score: float, faults: Sequence[Fault], unsaid: Sequence[str], where: str
) -> tuple[str, ...]:
    if label == "supported":
        return ()
    if faults and score >= _SAME_MATTER:
        return tuple(dict.fromkeys(fault.reason for fault in faults))
    if not unsaid:
        return (f"The words are in {where}, but not clearly this statement.",)
    listed = ", ".join(f"“{word}”" for word in list(dict.fromkeys(unsaid))[:_MOST_MISSING_WORDS])
    return (f"Not in {where}: {listed}.",)
