"""Who says it: words given to one speaker must not be put in another's mouth.

A claim that gives the words to nobody, and a source that names no speaker, are left alone: that is no fault here.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.checks import Fault, Source, agree, listed, sentence_case
from assistant.checks.names import SPEECH_VERBS, TITLES, Name, names
from assistant.checks.quotations import EDGES, plain, quotations
from index.articles import Span
from index.words import Word, words

_ACCORDING = re.compile(r"\baccording to\s+", re.IGNORECASE)
_PERSONAL = frozenset({"he", "she", "they"})
# Between a speaker and the verb there may stand an adverb or two, or an aside between commas.
_GAP = 3
_INVERTED_GAP = 7
_HEADS = 4  # an aside begins with one of the last few names
# Verbs that give words only when a clause or a quotation follows: "denied that …", but not "denied them a goal".
_PLAIN_VERBS = frozenset(
    listed("said says say told tells added adds stated warned warns explained insisted replied argued wrote")
)
_BEFORE_NOUN_OR_PASSIVE = frozenset(
    listed("a an the of some these those no any his her its their recent be been being is was are were to confirmed")
)
_CLAUSE = re.compile(
    r"\s*(?:,\s*)?(?:that\b|[:“\"‘]|how\b|it\b|he\b|she\b|they\b|the\b|there\b|on\s+\w+day\s+that\b)|\s*[.,]?$"
)
# "the mayor said": a speaker without a name, who may be anybody.
_NAMELESS = re.compile(
    r"\b(?:the|a|an|its|his|her|their|both|several|some)\s+(?:[\w’'-]+\s+){1,3}$|\b(?:I|we)\s+$", re.IGNORECASE
)


@dataclass(frozen=True)
class Speaker:
    """Who is said to speak: the comparable parts of the name, or a pronoun, and where it stands.

    `text` is empty for somebody without a name, such as "the mayor".
    """

    last: str
    text: str
    span: Span
    parts: tuple[str, ...] = ()


def speakers(text: str, article: str = "") -> list[Speaker]:
    """The speakers named beside a verb of speech or after "according to", in order."""
    return [each for each in _all_speakers(text, article) if each.text]


def _all_speakers(text: str, article: str) -> list[Speaker]:
    return sorted(_speakers(text, article), key=lambda each: each.span)


def _speakers(text: str, article: str) -> Iterator[Speaker]:
    every = words(text)
    verbs = [number for number, word in enumerate(every) if _gives_words(text, every, number)]
    according = list(_ACCORDING.finditer(text))
    if not verbs and not according:
        return
    named = [name for name in names(text, article) if not all(part in TITLES for part in name.parts)]
    quoted = [span for _, span in quotations(text)]
    for number in verbs:
        place = bisect_left(quoted, every[number].span.start, key=lambda span: span.end)
        if place == len(quoted) or quoted[place].start > every[number].span.start:
            speaker = _subject(text, every, number, named)
            if speaker:
                yield speaker
    for match in according:
        after = next((name for name in named if 0 <= name.span.start - match.end() <= 40), None)
        if after and not re.search(r"[.;:“”\"]", text[match.end() : after.span.start]):
            yield _from_name(after)
        else:
            yield _nameless(match.end())


def _gives_words(text: str, every: Sequence[Word], number: int) -> bool:
    """Whether a word is a verb that gives somebody words here, not a noun ("reports of") or a passive."""
    word = every[number].text.lower()
    if word not in SPEECH_VERBS:
        return False
    last = every[number - 1].text.lower() if number else ""
    if last in _BEFORE_NOUN_OR_PASSIVE or (last in SPEECH_VERBS and last != "he"):
        return False
    return (
        word in _PLAIN_VERBS
        or bool(_CLAUSE.match(text, every[number].span.end))
        or _ends_quotation(text, every[number])
    )


def _ends_quotation(text: str, verb: Word) -> bool:
    """Whether a quotation or a comma ends shortly before the verb, which then tells who spoke."""
    return bool(re.search(r"[”\"’],?\s+(?:\S+\s+){0,4}$", text[max(0, verb.span.start - 60) : verb.span.start]))


def _from_name(name: Name) -> Speaker:
    return Speaker(name.last, name.text, name.span, name.parts)


def _nameless(place: int) -> Speaker:
    return Speaker("", "", Span(place, place))


def _subject(text: str, every: Sequence[Word], number: int, named: Sequence[Name]) -> Speaker | None:
    """Who speaks by a verb: the pronoun or the name before it, the name after it, or somebody without a name."""
    verb = every[number]
    for word in reversed(every[max(0, number - 2) : number]):
        if word.text.lower() in _PERSONAL and len(text[word.span.end : verb.span.start].split()) <= 1:
            return Speaker(word.text.lower(), word.text, word.span)
    later = bisect_left(named, verb.span.start, key=lambda name: name.span.start)
    before = next((name for name in reversed(named[:later]) if name.span.end <= verb.span.start), None)
    if before and _close(text, before.span.end, verb.span.start):
        return _from_name(_head(text, before, named))
    after = next((name for name in named[later:] if name.span.start > verb.span.end), None)
    follows = _ends_quotation(text, verb) or text[max(0, verb.span.start - 9) : verb.span.start].rstrip().endswith(
        (",", "”", '"')
    )
    if after and follows and _inverted(text, verb.span.end, after.span.start):
        return _from_name(after)
    if _NAMELESS.search(text[max(0, verb.span.start - 60) : verb.span.start]):
        return _nameless(verb.span.start)
    return None


def _head(text: str, name: Name, named: Sequence[Name]) -> Name:
    """The name that an aside belongs to: Osgood in "Osgood, a spokesman for Aldermoor Cells, said"."""
    if not re.match(r",\s", text[name.span.end : name.span.end + 2]):
        return name
    place = bisect_left(named, name.span.start, key=lambda each: each.span.start)
    heads = [
        each
        for each in named[max(0, place - _HEADS) : place]
        if each.span.end < name.span.start
        and re.fullmatch(
            r",\s+(?:an?|the|who|its|their|his|her|[a-z]+)\s[^.;:“”\"]{0,80}", text[each.span.end : name.span.start]
        )
        and "," not in text[each.span.end + 1 : name.span.start]
    ]
    return heads[-1] if heads else name


def _close(text: str, end: int, start: int) -> bool:
    """Whether at most a few words, or one aside between commas, stand between a name and its verb."""
    between = text[end:start]
    if re.fullmatch(r",[^,.;:“”\"]{1,100},\s*(?:\w+ly\s+)?|,\s*", between):
        return True
    if re.search(r"[.,;:“”\"!?]|\b(?:and|but|that|who|while|as|of|for)\b", between):
        return False
    return len(between.split()) <= _GAP


def _inverted(text: str, end: int, start: int) -> bool:
    """Whether the name follows the verb as its subject: "said Blinken", "said the mayor, Ana Ruiz"."""
    between = text[end:start]
    if re.search(r"\b(?:that|in|on|at|to|with|it|he|she|they|is|are|was|were|has|had|will)\b|[.;:“”\"]", between):
        return False
    return len(between.split()) <= _INVERTED_GAP


def check(claim: str, source: Source, *, where: str) -> list[Fault]:
    """A fault when the source gives the words to somebody else than the claim does."""
    claimed = [speaker for speaker in speakers(claim, source.whole) if speaker.last not in _PERSONAL]
    if not claimed:
        return []
    told = _quoting(claim, source)
    given = _resolved(told)
    if not given or any(not speaker.text for speaker in given):
        return []
    return [
        Fault(
            "wrong",
            f"{sentence_case(where)} {agree(where, 'give')} these words to {given[0].text}, not to {speaker.text}.",
            speaker.span,
            given[0].span if told is source else None,
        )
        for speaker in claimed
        if not any(_same(speaker, other, source) for other in given)
    ]


def _same(one: Speaker, other: Speaker, source: Source) -> bool:
    """Whether two speakers may be one: by a shared name without a quarrel over given names, or by a short form."""
    shared = set(one.parts) & set(other.parts)
    if one.last == other.last:
        return len(one.parts) < 2 or len(other.parts) < 2 or len(shared) > 1 or one.parts[0][0] == other.parts[0][0]
    if shared:
        return True
    return _short(one).endswith(_short(other)) or _short(other).endswith(_short(one)) or f"({one.text})" in source.whole


def _short(speaker: Speaker) -> str:
    """The short form of a body's name; one that no other ends with for a single plain word."""
    bare = speaker.text.replace(".", "")
    letters = "".join(word[0] for word in speaker.text.split() if word[0].isupper())
    return bare if bare.isupper() or len(letters) < 2 else letters


def _quoting(claim: str, source: Source) -> Source:
    """The source cut down to the sentences that hold the claim's quoted words, whose speaker is the one that counts."""
    quoted = [plain(words).strip(EDGES) for words, _ in quotations(claim)]
    holding = tuple(each for each in source.sentences if any(words and words in plain(each) for words in quoted))
    return replace(source, sentences=holding) if holding and holding != source.sentences else source


def _resolved(source: Source) -> list[Speaker]:
    """The speakers of the source, a pronoun standing for the last person who spoke or led a sentence before it."""
    resolved: list[Speaker] = []
    for speaker in _all_speakers(source.text, source.whole):
        if speaker.last not in _PERSONAL:
            resolved.append(speaker)
        elif speaker.last == "they":
            resolved.append(_nameless(speaker.span.start))
        else:
            resolved += _antecedents(source, speaker)
    return resolved


def _antecedents(source: Source, pronoun: Speaker) -> list[Speaker]:
    """Whom "he" or "she" may mean: the last who spoke, and whoever leads a sentence after that."""
    start = len(source.before) + 1
    text = f"{source.before} {source.text[: pronoun.span.start]}"
    spoke = [each for each in _all_speakers(text, source.whole) if each.last not in _PERSONAL]
    since = spoke[-1].span.end if spoke else 0
    quoted = [span for _, span in quotations(text)]
    led = [
        _from_name(name)
        for name in names(text, source.whole)
        if name.span.start >= since
        and (not spoke or _leads(text, name))
        and not any(span.start <= name.span.start < span.end for span in quoted)
    ]
    found = [*spoke[-1:], *led]
    place = pronoun.span
    if not found:
        return [_nameless(place.start)]
    return [replace(each, span=Span(*_within(each.span, start, place))) for each in found]


def _leads(text: str, name: Name) -> bool:
    """Whether a name is the first thing in its sentence."""
    return bool(re.search(r"(?:^|[.!?”\"]\s+|\n|—\s)$", text[: name.span.start]))


def _within(span: Span, start: int, pronoun: Span) -> tuple[int, int]:
    """The place of an antecedent in the source sentences, or the pronoun's where it stands before them."""
    if span.start < start:
        return pronoun.start, pronoun.end
    return span.start - start, span.end - start
