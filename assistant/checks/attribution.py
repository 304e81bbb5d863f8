"""Who says it: words given to one speaker must not be put in another's mouth."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.checks import Fault, Source
from assistant.checks.names import SPEECH_VERBS, TITLES, Name, names
from assistant.checks.quotations import EDGES, plain, quotations
from index.articles import Span
from index.words import Word, words

_ACCORDING = re.compile(r"\baccording to\s+", re.IGNORECASE)
_PERSONAL = {"he", "she", "they"}
# Between a speaker and the verb there may stand an adverb or two, or an aside between commas.
_GAP = 3


@dataclass(frozen=True)
class Speaker:
    """Who is said to speak: the comparable last word of the name, or a pronoun, and where it stands."""

    last: str
    text: str
    span: Span


def speakers(text: str) -> list[Speaker]:
    """The speakers named beside a verb of speech or after "according to", in order."""
    return sorted(_speakers(text), key=lambda each: each.span)


def _speakers(text: str) -> Iterator[Speaker]:
    every = words(text)
    named = [name for name in names(text) if not _only_titles(name)]
    for number, word in enumerate(every):
        if word.text.lower() in SPEECH_VERBS:
            speaker = _subject(text, every, number, named)
            if speaker:
                yield speaker
    for match in _ACCORDING.finditer(text):
        after = [name for name in named if 0 <= name.span.start - match.end() <= 40]
        if after:
            yield _from_name(after[0])


def _only_titles(name: Name) -> bool:
    return all(part in TITLES for part in name.parts)


def _from_name(name: Name) -> Speaker:
    return Speaker(name.last, name.text, name.span)


def _subject(text: str, every: list[Word], number: int, named: list[Name]) -> Speaker | None:
    verb = every[number]
    before = [name for name in named if name.span.end <= verb.span.start]
    if before and _close(text, before[-1].span.end, verb.span.start):
        return _from_name(before[-1])
    for back in range(number - 1, max(-1, number - 1 - _GAP), -1):
        if every[back].text.lower() in _PERSONAL:
            return Speaker(every[back].text.lower(), every[back].text, every[back].span)
    after = [name for name in named if name.span.start > verb.span.end]
    if after and verb.text.lower() in ("said", "says") and _inverted(text, verb.span.end, after[0].span.start):
        return _from_name(after[0])
    return None


def _close(text: str, end: int, start: int) -> bool:
    """Whether at most a few words, or one aside between commas, stand between a name and its verb."""
    between = text[end:start]
    if re.fullmatch(r",[^,.;:“”\"]{1,80},\s*(?:\w+ly\s+)?", between):
        return True
    return len(between.split()) <= _GAP and not re.search(r"[.,;:“”\"!?]", between)


def _inverted(text: str, end: int, start: int) -> bool:
    """Whether the name follows "said" as its subject: "said Blinken", "said the mayor, Ana Ruiz"."""
    between = text[end:start]
    return len(between.split()) <= _GAP and not re.search(r"\b(that|in|on|at|to|of|with)\b|[.;:“”\"]", between)


def check(claim: str, source: Source, *, where: str) -> list[Fault]:
    """A fault when the source gives the words to somebody else than the claim does."""
    claimed = [speaker for speaker in speakers(claim) if speaker.last not in _PERSONAL]
    given = _resolved(_quoting(claim, source))
    if not claimed or not given:
        return []
    known = {speaker.last for speaker in given}
    return [
        Fault(
            "wrong",
            f"{where[:1].upper()}{where[1:]} gives these words to {given[0].text}, not to {speaker.text}.",
            speaker.span,
            given[0].span if given[0].span.end <= len(source.text) else None,
        )
        for speaker in claimed
        if speaker.last not in known
    ]


def _quoting(claim: str, source: Source) -> Source:
    """The source cut down to the sentences that hold the claim's quoted words, whose speaker is the one that counts."""
    quoted = [plain(words) for words, _ in quotations(claim)]
    holding = tuple(each for each in source.sentences if any(words.strip(EDGES) in plain(each) for words in quoted))
    return replace(source, sentences=holding) if holding else source


def _resolved(source: Source) -> list[Speaker]:
    """The speakers of the source, a pronoun standing for the last person who spoke or was named before it."""
    resolved = []
    for speaker in speakers(source.text):
        if speaker.last not in _PERSONAL:
            resolved.append(speaker)
            continue
        antecedent = _antecedent(source, speaker)
        if antecedent:
            resolved.append(Speaker(antecedent.last, antecedent.text, speaker.span))
    return resolved


def _antecedent(source: Source, pronoun: Speaker) -> Speaker | Name | None:
    said_before = [each for each in speakers(source.before) if each.last not in _PERSONAL]
    own = [each for each in speakers(source.text[: pronoun.span.start]) if each.last not in _PERSONAL]
    for candidates in (own, said_before):
        if candidates:
            return candidates[-1]
    named = names(source.before)
    return named[-1] if named else None
