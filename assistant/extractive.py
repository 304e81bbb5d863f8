"""The writer that needs no model: it chooses source sentences and lets them speak for themselves."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from assistant.checks.dates import days
from assistant.checks.names import names
from assistant.checks.numbers import quantities
from assistant.questions import AnswerType, answer_type
from assistant.writers import Assignment, Draft
from index.search import Evidence
from index.words import stems

# An answer is short: sentences nearly as good as the best, and no more than this many.
_MOST_SENTENCES = 4
_NEARLY_AS_GOOD = 0.8
# A sentence that tells something else of the kind asked for need not be so good.
_GOOD_ENOUGH = 0.55
# Two sentences that share this much of their words say the same.
_SAME_WORDS = 0.6
# What each sentence already taken from an article takes off the next one's score in a briefing.
_SAME_ARTICLE = 0.15
# A sentence that opens so leans on one that the reader has not seen.
_LEANING = re.compile(
    r"^[“\"]?(?:he|she|they|it|this|that|these|those|his|her|their|its|but|and|however|also|meanwhile|instead|such|there|here)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(?:morning|noon|afternoon|evening|night|midnight|dawn|dusk|yesterday|today|tomorrow|ago|o’clock)\b"
    r"|\b(?:last|next|this) (?:week|month|year|summer|winter|spring|autumn|weekend)\b"
    r"|\d[.:]\d\d\b|\b[ap]\.m\.|\b(?:19|20)\d\d\b|\b\d+ (?:hours?|days?|weeks?|months?|years?)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\b(?:in|at|near|from|to|outside|off|along|on|inside|across|of) (?:the )?[A-Z]")


class ExtractiveWriter:
    """Answers and briefs in the articles' own sentences; every draft is its own citation."""

    name = "extractive"

    def write(self, assignment: Assignment) -> Iterator[Draft]:
        """The chosen sentences as drafts, in reading order."""
        chosen = _brief(assignment) if assignment.kind == "briefing" else _answer(assignment)
        for evidence in chosen:
            yield Draft(evidence.sentence.quote, (evidence,))


def fits(kind: AnswerType, sentence: str) -> bool:
    """Whether a sentence holds the kind of thing that the question asks for."""
    if kind == "number":
        return bool(quantities(sentence))
    if kind == "person":
        return bool(names(sentence))
    if kind == "time":
        return bool(days(sentence) or _TIME.search(sentence))
    if kind == "place":
        return bool(_PLACE.search(sentence))
    return True


def _answer(assignment: Assignment) -> list[Evidence]:
    """The best sentences, those first that tell something new of the kind asked for, in the order of their scores.

    So two sources that give different figures or names are both heard, though one tells it less well.
    """
    kind = answer_type(assignment.question)
    fitting = [each for each in assignment.evidence if fits(kind, each.sentence.quote)] or list(assignment.evidence)
    if not fitting:
        return []
    known = _facts(kind, assignment.question)
    chosen, told = [fitting[0]], _facts(kind, fitting[0].sentence.quote) - known
    for each in fitting[1:]:
        own = _facts(kind, each.sentence.quote) - known
        if len(chosen) < _MOST_SENTENCES and each.score >= _GOOD_ENOUGH * fitting[0].score and own - told:
            chosen.append(each)
            told |= own
    for each in fitting[1:]:
        good = each not in chosen and each.score >= _NEARLY_AS_GOOD * fitting[0].score
        if good and len(chosen) < _MOST_SENTENCES and not _repeats(each, chosen):
            chosen.append(each)
    return sorted(chosen, key=lambda each: -each.score)


def _facts(kind: AnswerType, text: str) -> set[str]:
    """What the text tells of the kind asked for, in comparable form."""
    if kind == "number":
        return {f"{each.value!r} {each.unit or ''}" for each in quantities(text)}
    if kind == "time":
        return {each.text.lower() for each in days(text)}
    return {part for name in names(text) for part in name.parts} | {repr(each.value) for each in quantities(text)}


def _repeats(evidence: Evidence, chosen: Sequence[Evidence]) -> bool:
    own = stems(evidence.sentence.quote)
    for other in chosen:
        theirs = stems(other.sentence.quote)
        if len(own & theirs) >= _SAME_WORDS * max(1, min(len(own), len(theirs))):
            return True
    return False


def _brief(assignment: Assignment) -> list[Evidence]:
    """Sentences from the best down until the words are used up, then by day and place in the article.

    Each further sentence of one article counts less, so that all articles get their say.
    """
    waiting = [each for each in assignment.evidence if not _leans(each.sentence.quote)] or list(assignment.evidence)
    chosen: list[Evidence] = []
    left = assignment.words
    while waiting:
        taken = Counter(each.article.id for each in chosen)
        best = max(waiting, key=lambda each: each.score - _SAME_ARTICLE * taken[each.article.id])
        waiting.remove(best)
        length = len(best.sentence.quote.split())
        if length <= left and not _repeats(best, chosen):
            chosen.append(best)
            left -= length
    return sorted(chosen, key=_reading_order)


def _leans(sentence: str) -> bool:
    """Whether a sentence needs the one before it: a pronoun at its start, or a quotation without its speaker."""
    return bool(_LEANING.match(sentence)) or (sentence[0] in '“"' and sentence[-1] in '”"')


def _reading_order(evidence: Evidence) -> tuple[str, str, int]:
    return evidence.article.published_at or "", evidence.article.id, evidence.sentence.number
