"""Understand a question: make a follow-up stand alone, and tell what kind of thing it asks for. Rules only."""

import re
from typing import Literal

from assistant.checks.names import NATIONS, SPEECH_VERBS, names
from index.words import STOPWORDS, words

AnswerType = Literal["number", "person", "time", "place", "other"]

_OPENERS = re.compile(r"^(?:and|but|so|ok(?:ay)?|then|also|well|now)\b[\s,]*", re.IGNORECASE)
_ABOUT = re.compile(r"^(?:what|how) about\s+(?P<rest>.+?)\??$", re.IGNORECASE)
_PEOPLE = re.compile(r"\b(?:he|she|him|her|his|hers)\b", re.IGNORECASE)
_MANY = re.compile(r"\b(?:they|them|their|theirs|those|these)\b(?!\s+(?!of\b)[a-z]{4,})", re.IGNORECASE)
_ONE = re.compile(
    r"\b(?:it|its)\b|\b(?:this|that)\b(?=\s*\??$|\s+(?:is|was|has|had|will|happen\w*|mean\w*|take\w*)\b)",
    re.IGNORECASE,
)
_THERE = re.compile(
    r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )\bthere\b(?!\s+(?:is|are|was|were|any|a)\b)", re.IGNORECASE
)
_SIZES = "many|much|long|far|old|often|fast|high|tall|big|large|deep|heavy"
_FIGURES = "number|percentage|share|proportion|figure|price|cost|amount"
_PLACES = "city|town|country|place|region|village|port"
_TYPES: list[tuple[AnswerType, str]] = [
    ("number", rf"\bhow (?:{_SIZES})\b|\b(?:what|which) (?:\w+ )?(?:{_FIGURES})\b"),
    ("time", r"\bwhen\b|\b(?:what|which) (?:day|date|month|year|time)\b"),
    ("person", r"\b(?:who|whom|whose)\b"),
    ("place", rf"\bwhere\b|\b(?:what|which) (?:{_PLACES})\b"),
]
_MEASURE = re.compile(rf"^how (?:{_SIZES})\b", re.IGNORECASE)


def answer_type(question: str) -> AnswerType:
    """What kind of thing the question asks for; "other" when that cannot be told."""
    return next((kind for kind, pattern in _TYPES if re.search(pattern, question, re.IGNORECASE)), "other")


def stand_alone(question: str, before: str | None, *, said: str = "") -> str:
    """The question with what it lacks taken from the question `before` and the answer `said` to that.

    A question that stands alone comes back as it is.
    """
    if not before:
        return question
    about = _ABOUT.match(_OPENERS.sub("", question))
    bare = _OPENERS.sub("", question)
    if about:
        return _in_place_of_last_name(before, about["rest"])
    if _is_fragment(bare):
        return _in_place_of_last_name(before, bare.rstrip("?").strip())
    whole = _with_antecedents(bare, before, said)
    return whole if bare == question else whole[:1].upper() + whole[1:]


def _with_antecedents(question: str, before: str, said: str) -> str:
    people = (_person(said) or _person(before)) if answer_type(before) == "person" else _person(before) or _person(said)
    if people:
        question = _put(question, _PEOPLE, people)
    phrases = noun_phrases(before)
    focus = _focus(before, phrases)
    if focus:
        question = _put(question, _MANY, _definite(focus))
        question = _put(question, _ONE, _one_thing(before, focus))
    place = next((name.text for name in reversed(names(before))), None) or _person(said)
    if place:
        question = _put(question, _THERE, f"in {place}")
    return question


def _put(question: str, pronouns: "re.Pattern[str]", phrase: str) -> str:
    """The question with the first pronoun replaced; a possessive one gets its ending."""
    match = pronouns.search(question)
    if not match:
        return question
    possessive = match[0].lower() in ("his", "hers", "their", "theirs", "its") or (
        match[0].lower() == "her" and re.match(r"\s+\w", question[match.end() :])
    )
    ending = ("’" if phrase.endswith("s") else "’s") if possessive else ""
    return question[: match.start()] + phrase + ending + question[match.end() :]


def noun_phrases(question: str) -> list[str]:
    """Runs of content words of a question, in order: what it may be about."""
    runs: list[list[str]] = [[]]
    question = _MEASURE.sub("", question)
    last_end = 0
    for word in words(question):
        gap = question[last_end : word.span.start]
        if re.search(r"[,;:?!]", gap):
            runs.append([])
        if word.text.lower() in STOPWORDS or word.text.lower() in SPEECH_VERBS:
            runs.append([])
        else:
            runs[-1].append(question[word.span.start : word.span.end])
        last_end = word.span.end
    return [" ".join(run) for run in runs if run]


def _focus(before: str, phrases: list[str]) -> str | None:
    if not phrases:
        return None
    first = phrases[0]
    # "How long did the missile fly": the verb stands at the end, after "did".
    asks_with_verb = re.search(r"\b(?:do|does|did|will|would|can|could)\b", before, re.IGNORECASE)
    if asks_with_verb and before.rstrip("? ").endswith(first):
        first = first.rsplit(" ", 1)[0]
    return first


def _one_thing(before: str, focus: str) -> str:
    """What "it" stands for: the last thing with a name, or else what the question is about."""
    named = [name.text for name in names(before) if not NATIONS.intersection(name.parts)]
    return named[-1] if named else _definite(focus)


def _definite(phrase: str) -> str:
    """The phrase with an article, unless it is a name."""
    found = names(f"of {phrase}")
    is_name = bool(found) and found[0].text == phrase
    return phrase if is_name else f"the {phrase}"


def _person(text: str) -> str | None:
    """The first name of a text that is not a nation or its people, nor an acronym."""
    found = [name for name in names(text) if not NATIONS.intersection(name.parts) and not name.text[:4].isupper()]
    return found[0].text if found else None


def _is_fragment(question: str) -> bool:
    """Whether there is no verb to ask with: "In May?", "In Kursk?"."""
    found = [word.text.lower() for word in words(question)]
    return 0 < len(found) <= 4 and found[0] in ("in", "on", "at", "for", "from", "since", "by", "near", "under")


def _in_place_of_last_name(before: str, rest: str) -> str:
    """The question before with its last name replaced by the new one, or with the new words behind it."""
    replacement = re.sub(r"^(?:in|on|at|for|from|since|by|near|under|the)\s+", "", rest, flags=re.IGNORECASE)
    old, new = names(f"about {before[:1].lower()}{before[1:]}"), names(f"about {replacement}")
    if old and new:
        place = before.rfind(old[-1].text)
        if place >= 0:
            return before[:place] + replacement + before[place + len(old[-1].text) :]
    return f"{before.rstrip('?! .')}, {rest}?"
