"""Does the source support the sentence? A verdict with reasons, by deterministic checks and a trained network.

The checks (numbers, dates, names, quotations, speakers, negation) can only lower a verdict. The score is a probability:
what the network makes of claim and source, how many of the claim's words the source has, and what the checks found,
weighed as people's judgements say (docs/checker.md). Pure: needs the network and the words, nothing else.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import exp

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
from assistant.entailment import Reading, load_entailment_model
from assistant.nearest import COUNT, nearest
from index.articles import Article, Sentence
from index.words import Word, content_words, stems, words

# From this probability on a sentence is supported, and from the other on partly: chosen on the evaluation half
# (docs/checker.md).
SUPPORTED = 0.5
PARTLY = 0.25
_CHECKS = (numbers, dates, names, quotations, attribution, polarity)
_ORDER: dict[VerdictLabel, int] = {"supported": 0, "partly": 1, "contradicted": 2, "not_found": 3}
# With so many of the claim's words the source speaks of the same matter, so that a difference is a contradiction.
_SAME_MATTER = 0.5
# So many passages are read, each by itself.
_READ = 2
# So many passages are looked into for what speaks against a claim; the checks of one take a millisecond.
_LOOKED_AT = 6
# Another sentence must add this much to the score, or it only lends its names and numbers ...
_ANOTHER_ADDS = 0.05
# ... and say so many more of the claim's words.
_ANOTHER_SAYS = 0.1
# How many sentences before a source sentence are read for the meaning of its pronouns.
_BEFORE = 2
_MOST_MISSING_WORDS = 4
# A longer sentence is none; several checks compare all its words with all of the source's.
_LONGEST_CLAIM = 3_000
# Scores on which a second opinion is asked.
DOUBTFUL = (0.4, 0.7)
_DOUBTED = "The model that was asked, too, does not find this there."
# From these log-odds on the network holds a word for one that the source does not say.
_AT_FAULT = -3.0
# ... and a verb of speech from these on, for any of them may stand for another.
_SPEECH_AT_FAULT = -1.25
_SHORTEST_ADVERB = 5


@dataclass(frozen=True)
class Standard:
    """How much is asked for "supported": whether it must be the source's own words, less what stands apart."""

    own_words: bool


# What a person wrote may say a thing in other words.
FOR_PEOPLE = Standard(own_words=False)
# A model rephrases without need, and there it errs: its sentences must be the source's own words (decision 0004).
FOR_MODELS = Standard(own_words=True)


@dataclass(frozen=True)
class Passage:
    """A sentence that a claim may rest on, in its article."""

    article: Article
    sentence: Sentence
    before: str = ""
    likeness: float = 0.0

    @classmethod
    def of(cls, article: Article, sentences: Sequence[Sentence], number: int, likeness: float = 0.0) -> "Passage":
        """The passage of a sentence, with what stands before it; `likeness` is its cosine to the claim, if known."""
        before = " ".join(each.quote for each in sentences[max(0, number - _BEFORE) : number])
        return cls(article, sentences[number], before, likeness)


@dataclass(frozen=True)
class Verdict:
    """What a claim's sources say of it. `backing` are the passages it rests on, or the nearest ones; `near` are others.

    `unsaid` are the words of the claim that they do not say in any words.
    """

    label: VerdictLabel
    score: float
    reasons: tuple[str, ...]
    faults: tuple[Fault, ...]
    unsaid: frozenset[str]
    backing: tuple[Passage, ...]
    near: tuple[Passage, ...] = ()


# Whether a source supports a claim; None for no opinion.
Opinion = Callable[[str, str], bool | None]


class Judge:
    """Gives verdicts by a standard. Holds the network; threads may share one.

    `opinion` is asked whether a source supports a claim where the score is in doubt and no check found a fault. It is
    never the only judge: it can lower such a verdict, and raise one that lacks a little of the score and nothing else.
    """

    def __init__(self, standard: Standard = FOR_PEOPLE, opinion: Opinion | None = None) -> None:
        self._model = load_entailment_model()
        self._standard = standard
        self._opinion = opinion

    def verdict(self, claim: str, passages: Sequence[Passage], *, where: str = "the cited sentence") -> Verdict:
        """The verdict of the passages nearest to the claim, which may need more than one of them.

        `where` names the passages in reasons. Without passages the verdict is not_found.
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
        near = _nearest(claim, passages)
        best = _best(
            [*self._each(claim, [(passage,) for passage in near[:_READ]], where), *_denials(claim, near, where)]
        )
        together = _needed(claim, near[:COUNT])
        if best.label not in ("supported", "contradicted") and len(together) > 1:
            [joined] = self._each(claim, [together], where.replace("sentence", "sentences"))
            better = _ORDER[joined.label] < _ORDER[best.label] or joined.score >= best.score + _ANOTHER_ADDS
            best = _best([best, joined]) if better else best
        best = self.reconsidered(claim, best)
        return replace(best, near=tuple(passage for passage in near[:COUNT] if passage not in best.backing))

    def _each(self, claim: str, groups: Sequence[tuple[Passage, ...]], where: str) -> list[Verdict]:
        readings = self._model.read([(claim, _source(group).text) for group in groups])
        return [self._weighed(claim, group, reading, where) for group, reading in zip(groups, readings, strict=True)]

    def reconsidered(self, claim: str, verdict: Verdict) -> Verdict:
        """The verdict after a second opinion, where there is one to ask and reason to."""
        if self._opinion is None or verdict.faults or not DOUBTFUL[0] <= verdict.score < DOUBTFUL[1]:
            return verdict
        agrees = self._opinion(claim, " ".join(passage.sentence.quote for passage in verdict.backing))
        if agrees is False and verdict.label == "supported":
            return replace(verdict, label="partly", reasons=(_DOUBTED,))
        only_the_score = verdict.label == "partly" and verdict.score < SUPPORTED and not verdict.unsaid
        if agrees and only_the_score and not self._standard.own_words and len(verdict.backing) == 1:
            return replace(verdict, label="supported", reasons=())
        return verdict

    def _weighed(self, claim: str, group: tuple[Passage, ...], reading: Reading, where: str) -> Verdict:
        source = _source(group)
        faults = faults_of(claim, source, where)
        missing = _missing(claim, source, group[0].article.title)
        unsaid = [word.text for word in missing if self._is_unsaid(word, source, reading)]
        score = probability(evidence(claim, source, reading, faults))
        own_words = shortening.own_words(claim, source.text, shorter=not self._standard.own_words)
        score = max(score, SUPPORTED) if own_words else score
        about = _share(claim, source.text) >= _SAME_MATTER
        label = _label(score, faults, about=about)
        doubt = "" if label != "supported" else self._doubt(claim, source, own_words, unsaid, where)
        if label == "supported" and (doubt or unsaid or len(group) > 1):
            # Two sentences may each say a part and neither the whole; a new word may be a new fact.
            label = "partly"
        if not about:
            reasons = _reasons(label, (), [word.text for word in missing], where)
        else:
            reasons = (doubt,) if doubt else _reasons(label, faults, unsaid, where)
        return Verdict(label, score, reasons, faults, frozenset(unsaid), group)

    def _is_unsaid(self, word: Word, source: Source, reading: Reading) -> bool:
        """Whether a word that the source does not have is not said there in others either; a model's always count.

        So do words that the article writes with a capital elsewhere: nothing stands for a name.
        """
        if word.text[0].isupper() and word.text in source.article:
            return True
        limit = _SPEECH_AT_FAULT if word.text.lower() in names.SPEECH_VERBS else _AT_FAULT
        return self._standard.own_words or _tells_how(word) or reading.at(word.span) >= limit

    def _doubt(self, claim: str, source: Source, own_words: bool, unsaid: Sequence[str], where: str) -> str:
        """Why a claim that no check found fault with may still not be what the source says; empty for none."""
        if own_words or unsaid:
            return shortening.cut_loose(claim, source, where)
        if doubt := shortening.cut_loose(claim, source, where) or order.doubt(claim, source.text):
            return doubt
        if lost := shortening.left_out(claim, source.text):
            return f"Shortened: {where} {agree(where, 'say')} more (“{lost}”). Read the source."
        return f"Not word for word: compare it with {where}." if self._standard.own_words else ""


@dataclass(frozen=True)
class Scale:
    """What each piece of evidence adds to the log-odds that a source supports a claim.

    Fitted by tools/fit_scale.py on what people judged; docs/checker.md has the sets and the figures.
    """

    start: float
    network: float  # the network's log-odds for the claim
    words: float  # the share of the claim's content words that the source has
    pairs: float  # the share of its pairs of neighbouring words
    wrong: float
    absent: float


SCALE = Scale(-1.25, 0.309, 1.823, 0.805, -0.735, -0.696)


def faults_of(claim: str, source: Source, where: str) -> tuple[Fault, ...]:
    """What the deterministic checks find at fault."""
    return tuple(fault for check in _CHECKS for fault in check.check(claim, source, where=where))


def evidence(claim: str, source: Source, reading: Reading, faults: Sequence[Fault]) -> tuple[float, ...]:
    """The pieces of evidence, in the order of `Scale`."""
    kinds = {fault.kind for fault in faults}
    found = (float(kind in kinds) for kind in ("wrong", "absent"))
    return (1.0, reading.odds, _share(claim, source.text), _pairs(claim, source.text), *found)


def probability(pieces: Sequence[float]) -> float:
    """The probability that the evidence stands for support, in [0, 1]."""
    odds = sum(weight * piece for weight, piece in zip(vars(SCALE).values(), pieces, strict=True))
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))


def _share(claim: str, source: str) -> float:
    wanted = stems(claim)
    return len(wanted & stems(source)) / len(wanted) if wanted else 0.0


def _pairs(claim: str, source: str) -> float:
    ours, theirs = ([word.stem for word in words(text)] for text in (claim, source))
    wanted = set(pairwise(ours))
    return len(wanted & set(pairwise(theirs))) / len(wanted) if wanted else 0.0


def _nearest(claim: str, passages: Sequence[Passage]) -> list[Passage]:
    """The passages that a claim may rest on, or that may speak against it, the nearest first."""
    likeness = [passage.likeness for passage in passages]
    places = nearest(stems(claim), [stems(each.sentence.quote) for each in passages], _LOOKED_AT, likeness)
    return [passages[place] for place in places]


def _denials(claim: str, near: Sequence[Passage], where: str) -> list[Verdict]:
    """What further passages say against a claim of which they speak."""
    found = []
    for passage in near[_READ:]:
        source = _source((passage,))
        faults, share = faults_of(claim, source, where), _share(claim, source.text)
        if share >= _SAME_MATTER and any(fault.kind == "wrong" for fault in faults):
            unsaid = frozenset(word.text for word in _missing(claim, source, passage.article.title))
            reasons = _reasons("contradicted", faults, (), where)
            found.append(Verdict("contradicted", share / 2, reasons, faults, unsaid, (passage,)))
    return found


def _needed(claim: str, found: Sequence[Passage]) -> tuple[Passage, ...]:
    """The nearest passage, and those of its article that say words of the claim which the ones before do not."""
    wanted = stems(claim)
    chosen, said = [found[0]], wanted & stems(found[0].sentence.quote)
    for passage in found[1:]:
        own = wanted & stems(passage.sentence.quote)
        if passage.article.id == found[0].article.id and len(own - said) >= _ANOTHER_SAYS * len(wanted):
            chosen.append(passage)
            said |= own
    return tuple(sorted(chosen, key=lambda passage: passage.sentence.start))


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


def _missing(claim: str, source: Source, headline: str) -> list[Word]:
    """The words of the claim that the source does not have, but for figures, which are the checks' business.

    A name may be explained by the headline.
    """
    given = stems(source.text)
    explained = {part for name in names.names(headline, source.whole) for part in name.parts}
    figures = [number.span for number in numbers.quantities(claim)]
    return [
        word
        for word in content_words(claim)
        if word.stem not in given
        and not any(span.start <= word.span.start < span.end for span in figures)
        and not (word.text[0].isupper() and names.plain(word.text) in explained)
    ]


def _label(score: float, faults: Sequence[Fault], *, about: bool) -> VerdictLabel:
    kinds = {fault.kind for fault in faults}
    if "wrong" in kinds:
        return "contradicted" if about else "not_found"
    if score < PARTLY or ("absent" in kinds and score < SUPPORTED):
        return "not_found"
    return "partly" if kinds or score < SUPPORTED else "supported"


def _same_words(claim: str, sentence: str) -> bool:
    return quotations.plain(claim).rstrip(" .") == quotations.plain(sentence).rstrip(" .")


def _tells_how(word: Word) -> bool:
    """Whether a word is an adverb such as "unanimously": nothing near it in meaning stands for it."""
    return word.text.endswith("ly") and word.text.islower() and len(word.text) > _SHORTEST_ADVERB


def _reasons(label: VerdictLabel, faults: Sequence[Fault], unsaid: Sequence[str], where: str) -> tuple[str, ...]:
    if label == "supported":
        return ()
    if faults:
        return tuple(dict.fromkeys(fault.reason for fault in faults))
    if not unsaid:
        return (f"The words are in {where}, but not clearly this statement.",)
    listed = ", ".join(f"“{word}”" for word in list(dict.fromkeys(unsaid))[:_MOST_MISSING_WORDS])
    return (f"Not in {where}: {listed}.",)
