"""Is there evidence for an answer? Decided here, in code, from what the search found; never by a model."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.checks.names import TITLES, names, plain
from assistant.extractive import fits
from assistant.questions import answer_type
from index.library import Library
from index.search import Evidence, Found, context_stems
from index.words import STOPWORDS, coverage, stems, words

# A sentence answers when it says enough of the question's words, its context counted, and means something near.
_LEAST_SCORE = 0.42
_LEAST_COVERED = 0.5
# Above this likeness in meaning, other words may say the same.
_CLOSE_IN_MEANING = 0.62
# How far down the list an answer may stand.
_LOOKED_AT = 8


@dataclass(frozen=True)
class Decision:
    """What may be answered from: evidence that bears on the question, or none and the words nobody says."""

    evidence: tuple[Evidence, ...]
    missing: tuple[str, ...]

    @property
    def answerable(self) -> bool:
        """Whether there is anything to answer from."""
        return bool(self.evidence)


def decide(library: Library, question: str, found: Found) -> Decision:
    """The evidence that may answer the question, best first; none when the articles do not say."""
    kind = answer_type(question)
    enough = [
        each
        for each in found.evidence[:_LOOKED_AT]
        if fits(kind, each.sentence.quote) and _bears_on(library, question, each, found)
    ]
    if not enough:
        return Decision((), _missing(library, question, found.evidence))
    rest = [each for each in found.evidence if each not in enough]
    return Decision((*enough, *rest), ())


def _bears_on(library: Library, question: str, evidence: Evidence, found: Found) -> bool:
    if evidence.score < _LEAST_SCORE:
        return False
    around = stems(evidence.sentence.text) | context_stems(library, evidence.article, evidence.sentence)
    covered = coverage(list(found.weights), around, found.weights)
    if covered < _LEAST_COVERED and evidence.similarity < _CLOSE_IN_MEANING:
        return False
    return _names_stand(library, question, evidence)


def _names_stand(library: Library, question: str, evidence: Evidence) -> bool:
    """Whether every name asked about is said by the sentence or beside it."""
    said = _name_forms(library, evidence)
    return all(part in said for name in names(_mid_sentence(question)) for part in name.parts)


def _name_forms(library: Library, evidence: Evidence) -> set[str]:
    article, number = evidence.article, evidence.sentence.number
    beside = library.sentences(article.id)[max(0, number - 2) : number + 2]
    text = " ".join([article.title, article.source or "", article.author or "", *(each.text for each in beside)])
    forms = {plain(word.text) for word in words(text)}
    return forms | {part for form in forms if "-" in form for part in form.split("-")}


def _mid_sentence(question: str) -> str:
    """The question with its first word in lower case when it is a question word, so that it is no name."""
    first, _, rest = question.partition(" ")
    return f"{first.lower()} {rest}" if first.lower() in STOPWORDS else question


def _missing(library: Library, question: str, nearest: Sequence[Evidence]) -> tuple[str, ...]:
    """The question's words that none of the nearest sentences says, as written."""
    said = set().union(*(stems(each.sentence.text) for each in nearest[:_LOOKED_AT])) if nearest else set()
    absent = (word for word in words(question) if word.text.lower() not in STOPWORDS and word.text.lower() not in TITLES)
    return tuple(dict.fromkeys(word.text for word in absent if word.stem not in said))
