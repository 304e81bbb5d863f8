"""Is there evidence for an answer? Decided here, in code, from what the search found; never by a model."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant.checks.names import NATIONS, TITLES, names, plain
from assistant.extractive import fits
from assistant.questions import answer_type
from index.articles import Article
from index.library import Library
from index.search import Evidence, Found, context_stems
from index.words import STOPWORDS, content_words, coverage, stems, words

Caution = Literal["cautious", "balanced", "eager"]


@dataclass(frozen=True)
class _Bar:
    """What a sentence needs to answer: a score, a share of the question's words with its context counted.

    A question of many words asks for several things: no one sentence says most of its words, and one that answers a
    part is enough, by a score of its own. The balanced bar was chosen on the evaluation half, where the score alone
    tells such questions apart (AUC .98); the others are what a user may prefer (docs/quality.md has the figures).
    """

    score: float
    covered: float
    score_of_many: float


_BARS: dict[Caution, _Bar] = {
    "cautious": _Bar(score=0.5, covered=0.65, score_of_many=0.38),
    "balanced": _Bar(score=0.42, covered=0.5, score_of_many=0.34),
    "eager": _Bar(score=0.34, covered=0.35, score_of_many=0.28),
}
_MANY_WORDS = 10
# So many of its words may stand in no article at all; people write "crypto" where articles write "cryptocurrency".
_UNHEARD_OF_MANY = 1
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


def decide(library: Library, question: str, found: Found, caution: Caution = "balanced") -> Decision:
    """The evidence that may answer the question, best first; none when the articles do not say."""
    bar = _BARS[caution]
    looked_at = found.evidence[:_LOOKED_AT]
    unheard = _unheard(library, question)
    if len(found.weights) < _MANY_WORDS:
        kind = answer_type(question)
        enough = [
            each
            for each in looked_at
            if fits(kind, each.sentence.quote) and _bears_on(library, question, each, found, unheard, bar)
        ]
    else:
        enough = _answering_a_part(question, looked_at, bar) if len(unheard) <= _UNHEARD_OF_MANY else []
    if not enough:
        return Decision((), _missing(library, question, found.evidence))
    rest = [each for each in found.evidence if each not in enough]
    return Decision((*enough, *rest), ())


def left_out(question: str, cited: Sequence[Article]) -> tuple[str, ...]:
    """The names that a question asks about and that no cited article has, in its words, outlet or author."""
    everything = "".join(_all_words(article) for article in dict.fromkeys(cited))
    asked = names(_mid_sentence(question))
    return tuple(
        name.text for name in asked if not (_says(everything, name.parts) or _says_each(everything, name.parts))
    )


def _answering_a_part(question: str, evidence: Sequence[Evidence], bar: _Bar) -> list[Evidence]:
    """The evidence for some part of a long question.

    None when a name that it asks about stands in no article of the evidence, or when what comes nearest is about
    another nation.
    """
    if left_out(question, [each.article for each in evidence]):
        return []
    asked = names(_mid_sentence(question))
    enough = [each for each in evidence if each.score >= bar.score_of_many]
    nearest = _comparable(enough[0].sentence.text) if enough else ""
    return [] if any(_other_instead(name.parts, nearest) for name in asked) else enough


def _unheard(library: Library, question: str) -> frozenset[str]:
    """The stems of the question's words that stand in no article at all: what they ask for may not be there."""
    asked = {word.stem: word.text for word in content_words(question)}
    counts = library.chunk_counts(list(asked.values()))
    return frozenset(stem for stem, word in asked.items() if not counts[word])


def _bears_on(
    library: Library, question: str, evidence: Evidence, found: Found, unheard: frozenset[str], bar: _Bar
) -> bool:
    if evidence.score < bar.score:
        return False
    around = stems(evidence.sentence.text) | context_stems(library, evidence.article, evidence.sentence)
    covered = max(evidence.coverage, coverage(list(found.weights), around, found.weights))
    if evidence.similarity < _CLOSE_IN_MEANING and (covered < bar.covered or unheard & evidence.unsaid):
        return False
    return _names_stand(question, evidence)


def _names_stand(question: str, evidence: Evidence) -> bool:
    """Whether the article says every name asked about, and the sentence no other one in its place.

    "South Korean soldiers" are not answered by a sentence on North Korean ones.
    """
    own, asked = _comparable(evidence.sentence.text), names(_mid_sentence(question))
    return all(
        (_says(own, name.parts) or _says(_all_words(evidence.article), name.parts))
        and not _other_instead(name.parts, own)
        for name in asked
    )


def _says(comparable: str, parts: tuple[str, ...]) -> bool:
    return f" {' '.join(parts)} " in comparable


def _says_each(comparable: str, parts: tuple[str, ...]) -> bool:
    return all(_says(comparable, (part,)) for part in parts)


def _other_instead(parts: tuple[str, ...], own: str) -> bool:
    """Whether the sentence has the last word of a nation's name, but never after its first words."""
    return len(parts) > 1 and bool(NATIONS.intersection(parts)) and _says(own, parts[-1:]) and not _says(own, parts)


@lru_cache(maxsize=64)
def _all_words(article: Article) -> str:
    """The comparable words of an article, kept: several of its sentences are weighed for one question."""
    return _comparable(f"{article.title} {article.source or ''} {article.author or ''} {article.text}")


def _comparable(text: str) -> str:
    """The words of a text as names are compared, hyphens opened, between single spaces."""
    return f" {' '.join(filter(None, map(_comparable_piece, text.replace('-', ' ').split())))} "


@lru_cache(maxsize=100_000)
def _comparable_piece(piece: str) -> str:
    """The same of a piece of text between two blanks, kept: a long article has far fewer of them than words."""
    kept = (plain(word.text) for word in words(piece))
    return " ".join(word for word in kept if word not in TITLES)


def _mid_sentence(question: str) -> str:
    """The question with its first word in lower case when it is a question word, so that it is no name."""
    first, _, rest = question.partition(" ")
    return f"{first.lower()} {rest}" if first.lower() in STOPWORDS else question


def _missing(library: Library, question: str, nearest: Sequence[Evidence]) -> tuple[str, ...]:
    """The question's words that none of the nearest sentences says, as written."""
    said = set().union(*(stems(each.sentence.text) for each in nearest[:_LOOKED_AT])) if nearest else set()
    ignored = STOPWORDS | TITLES
    absent = (word for word in words(question) if word.text.lower() not in ignored)
    return tuple(dict.fromkeys(word.text for word in absent if word.stem not in said))
