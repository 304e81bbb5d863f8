"""Claims made by rule from news sentences: some say what their source says, some say something else.

A made claim knows which of its words are at fault. Every change is one that writers make: a figure, a name or a day
of another sentence, a turned verb, a hedge gone, two sentences run into one. Pure but for the random numbers given.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.checks import names, numbers
from checker.wordnet import WordNet
from index.articles import Span
from index.sentences import split
from index.words import content_words, words

_OPPOSITES = [
    tuple(pair.split("/"))
    for pair in """
    more/less most/least before/after first/last up/down rose/fell rise/fall rising/falling risen/fallen
    won/lost win/lose winning/losing increase/decrease increased/decreased increasing/decreasing above/below
    over/under higher/lower highest/lowest all/some many/few always/never accepted/rejected accept/reject
    approved/rejected approve/reject confirmed/denied confirm/deny agreed/refused agree/refuse allowed/banned
    allow/ban opened/closed open/close opening/closing began/ended begin/end started/stopped start/stop
    north/south east/west northern/southern eastern/western former/current old/new young/old male/female
    men/women man/woman son/daughter brother/sister mother/father husband/wife boy/girl guilty/innocent
    alive/dead survived/died success/failure successful/failed passed/failed supported/opposed support/oppose
    supporters/opponents gain/loss gains/losses profit/loss better/worse best/worst good/bad large/small
    big/small larger/smaller early/late earlier/later with/without inside/outside bought/sold buy/sell
    arrived/left joined/left included/excluded public/private home/away victory/defeat beat/lost strong/weak
    stronger/weaker safe/dangerous cut/raised cuts/rises raise/cut raising/cutting hired/fired likely/unlikely
    able/unable possible/impossible legal/illegal minimum/maximum majority/minority everyone/nobody
    both/neither only/also long/short longer/shorter
    """.split()
]
_TURNED: dict[str, list[str]] = {}
for _one, _other in _OPPOSITES:
    _TURNED.setdefault(_one, []).append(_other)
    _TURNED.setdefault(_other, []).append(_one)
_GENDERS = {
    "he": "she",
    "she": "he",
    "his": "her",
    "her": "his",
    "him": "her",
    "himself": "herself",
    "herself": "himself",
}
_AUXILIARY = re.compile(
    r"\b(is|are|was|were|will|would|can|could|has|have|had|should|must|did|does|do)\b(?!\s+(?:not|n't|no)\b)"
)
_NEGATION = re.compile(r"\b(?:did|do|does)\s+not\s+|\b(?:not|never)\s+|n['’]t\b")
_HEDGES: list[tuple[re.Pattern[str], str]] = [
    (re.compile(r"\b(?:may|might|could)\b(?! be able)"), "will"),
    (re.compile(r"\b(?:is|are) (?:expected|set|due|likely|planning|hoping) to\b"), "will"),
    (re.compile(r"\b(?:plans?|hopes?|wants?|aims?|intends?) to\b"), "will"),
    (re.compile(r"\b(?:wanted|hoped|planned|tried|attempted|threatened|offered) to\b"), "was able to"),
    (re.compile(r"\b(?:allegedly|reportedly|possibly|probably|apparently|perhaps) "), ""),
    (re.compile(r"\b(?:accused|suspected) of\b"), "guilty of"),
    (re.compile(r"\b(?:alleged|suspected|potential|possible|proposed|former|fake|would-be|so-called|planned) "), ""),
    (
        re.compile(r"\b(?:denied|denies|dismissed|rejected) (?:claims |reports |suggestions |accusations )?that\b"),
        "said that",
    ),
    (re.compile(r"\bwill be\b"), "was"),
]
_NARROWING = re.compile(
    r"\b(?:almost|nearly|only|some(?: of)?|partly|at least|up to|less than|more than|about|few|most(?: of)?"
    r"|half(?: of)?|(?:one|two|three|four|five) of) "
)
_ADDITION = re.compile(
    r"\s(?:in|at|near|from|on|for|after|before|during|by|because of|following|with|since|despite)\s"
    r"(?:(?:the|a|an|his|her|their|its|more than|about)\s)?[\w'’-]+(?:\s(?:of\s(?:the\s)?)?[\w'’-]+){0,3}(?=[,.;]|$)"
)
_VERB = re.compile(r"\b(?:is|are|was|were|will|would|has|have|had|said|says|can|could)\b")
_ASIDE = re.compile(r",\s[^,;:“”\"]{4,60},\s?(?=\w)")
_LEAD = re.compile(
    r"^(?:In|On|At|After|Before|During|Since|Last|Earlier|Meanwhile|However|But|And|Also|For)\b[^,“”\"]{0,50},\s"
)
_TAIL = re.compile(r",\s(?:which|who|where|while|as|after|with|and|but|when|including|adding|saying)\b[^“”\"]{8,}$")
_BRACKETS = re.compile(r"\s?\([^()]{1,60}\)")
_SAID_LAST = re.compile(
    r"^[“\"]?(?P<what>[^“”\"]{20,}?),?[”\"]?,? (?P<who>(?:[A-Z][\w'’.-]*|the|a) ?(?:[\w'’.-]+ ?){0,5}?)"
    r"(?: said| says| told [\w ]{3,20})\.$"
)
_SMALL = "zero one two three four five six seven eight nine ten eleven twelve".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = "January February March April May June July August September October November December".split()
_FEWEST_WORDS = 5
_MOST_WORDS = 60
# Rarer words make sentences that nobody writes.
_COMMON = 25
_HELPERS = frozenset("have has had having been being does done doing were".split())


@dataclass(frozen=True)
class Claim:
    """A sentence, and where the words at fault stand in it; none for what its source says."""

    text: str
    faults: tuple[Span, ...] = ()


def words_of(sentence: str) -> list[str]:
    """Its words, small, with figures."""
    return re.findall(r"\w+", sentence.lower())


class Text:
    """An article whose sentences claims are made from."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.sentences = [each.quote for each in split(text) if _FEWEST_WORDS <= len(words(each.quote)) <= _MOST_WORDS]

    @cached_property
    def names(self) -> list[str]:
        """Every name in it once."""
        return list(dict.fromkeys(name.text for each in self.sentences for name in names.names(each, self.text)))

    @cached_property
    def numbers(self) -> list[str]:
        """Every number in it once."""
        return list(dict.fromkeys(each.text for line in self.sentences for each in numbers.quantities(line)))

    def stems_of(self, place: int) -> frozenset[str]:
        """The content words of a sentence."""
        return self._stems[place]

    def says(self, claim: str) -> bool:
        """Whether a sentence has nearly all the claim's words: two merged halves may be a third sentence."""
        said = frozenset(words_of(claim))
        return any(len(said & own) > 0.95 * len(said) for own in self._words)

    @cached_property
    def _words(self) -> list[frozenset[str]]:
        return [frozenset(words_of(each)) for each in self.sentences]

    @cached_property
    def _stems(self) -> list[frozenset[str]]:
        return [frozenset(word.stem for word in content_words(each)) for each in self.sentences]


class Maker:
    """Makes claims. `counts` says how often words stand in the texts at hand."""

    def __init__(self, wordnet: WordNet, counts: Mapping[str, int], near: Mapping[str, Sequence[str]]) -> None:
        self._wordnet = wordnet
        self._counts = counts
        self._near = near
        self._ways: list[tuple[float, Callable[[str, Text, random.Random], Claim | None]]] = [
            (3, self._other_name), (2, self._other_number), (1, self._other_day), (1, self._roles), (1, self._gender),
            (1.5, self._negated), (1.5, self._turned), (2.5, self._other_word), (1.5, self._surer), (2, self._added),
            (1.5, self._merged), (1, self._narrowed), (0.7, self._done),
        ]  # fmt: skip

    def unsupported(self, sentence: str, text: Text, chance: random.Random) -> Claim | None:
        """The sentence with one thing in it that its source does not say; None when nothing could be changed."""
        for _ in range(6):
            way = chance.choices([each for _, each in self._ways], [weight for weight, _ in self._ways])[0]
            made = way(sentence, text, chance)
            if made is not None and made.text != sentence:
                return made
        return None

    def reworded(self, sentence: str, chance: random.Random) -> str:
        """The sentence in other or fewer words, saying the same or less."""
        for way, share in (
            (_without(_BRACKETS, ""), 0.8), (_without(_ASIDE, " "), 0.4), (_without(_LEAD, ""), 0.4),
            (_without(_TAIL, "."), 0.4), (_speaker_first, 0.5), (_other_digits, 0.5), (self._synonym, 0.4),
        ):  # fmt: skip
            if chance.random() < share:
                changed = way(sentence, chance)
                sentence = changed if len(words(changed)) >= _FEWEST_WORDS else sentence
        return sentence[:1].upper() + sentence[1:]

    # Ways to say something else

    def _other_name(self, sentence: str, text: Text, chance: random.Random) -> Claim | None:
        here = names.names(sentence, text.text)
        if not here:
            return None
        name = chance.choice(here)
        others = [
            each for each in text.names if each not in sentence and not set(each.split()) & set(name.text.split())
        ]
        alike = [each for each in others if len(each.split()) == len(name.text.split())]
        return _put(sentence, name.span, chance.choice(alike or others)) if others else None

    def _other_number(self, sentence: str, text: Text, chance: random.Random) -> Claim | None:
        here = numbers.quantities(sentence)
        if not here:
            return None
        number = chance.choice(here)
        others = [each for each in text.numbers if each != number.text and each not in sentence]
        if others and chance.random() < 0.5:
            return _put(sentence, number.span, chance.choice(others))
        return _put(sentence, number.span, _changed(number.text, chance))

    def _other_day(self, sentence: str, text: Text, chance: random.Random) -> Claim | None:
        found = [(match, group) for group in (_DAYS, _MONTHS) for match in re.finditer("|".join(group), sentence)]
        found += [(match, []) for match in re.finditer(r"\b(?:19|20)\d\d\b", sentence)]
        if not found:
            return None
        match, group = chance.choice(found)
        new = (
            chance.choice([each for each in group if each != match[0]])
            if group
            else str(int(match[0]) + chance.choice([-10, -3, -2, -1, 1, 2, 3, 10]))
        )
        return _put(sentence, Span(*match.span()), new)

    def _roles(self, sentence: str, text: Text, chance: random.Random) -> Claim | None:
        here = names.names(sentence, text.text)
        if len(here) < 2:
            return None
        one, other = sorted(chance.sample(here, 2), key=lambda name: name.span.start)
        between = sentence[one.span.end : other.span.start]
        if len(words(between)) < 2 or re.fullmatch(r"\s*(?:,|and|or|&)?\s*", between):
            return None  # "Anna and Bo" is the same the other way round
        turned = sentence[: one.span.start] + other.text + between + one.text + sentence[other.span.end :]
        start = one.span.start
        second = start + len(other.text) + len(between)
        return Claim(turned, (Span(start, start + len(other.text)), Span(second, second + len(one.text))))

    def _gender(self, sentence: str, text: Text, chance: random.Random) -> Claim | None:
        found = [match for match in re.finditer(r"\w+", sentence) if match[0].lower() in _GENDERS]
        if not found:
            return None
        match = chance.choice(found)
        return _put(sentence, Span(*match.span()), _cased(_GENDERS[match[0].lower()], match[0]))

    def _negated(self, sentence: str, text: Text, chance: random.Random) -> Claim | None:
        negations = list(_NEGATION.finditer(sentence))
        if negations and chance.random() < 0.6:
            match = chance.choice(negations)
            rest = sentence[match.end() :].lstrip()
            first = re.match(r"\w+", rest)
            start = match.start() if match[0].endswith(" ") else match.start() + 1
            head = sentence[: match.start()] + ("" if match[0].endswith(" ") else " ")
            if first is None or sentence[match.start() - 2 : match.start() + 3] == "can't":
                return None
            return Claim(head + rest, (Span(start, start + first.end()),))
        found = list(_AUXILIARY.finditer(sentence))
        if not found:
            return None
        match = chance.choice(found)
        added = chance.choice([" not", " not", " never"])
        return Claim(
            sentence[: match.end()] + added + sentence[match.end() :], (Span(match.start(), match.end() + len(added)),)
        )

    def _turned(self, sentence: str, text: Text, chance: random.Random) -> Claim | None:
        found = []
        for match in re.finditer(r"[a-z]{3,}", sentence):
            if match[0] in _HELPERS:
                continue
            turned = list(_TURNED.get(match[0], []))
            if not turned and (form := self._wordnet.form(match[0])):
                turned = self._common(self._wordnet.opposites(form))
            found += [(match, turned)] if turned else []
        if not found:
            return None
        match, turned = chance.choice(found)
        return _put(sentence, Span(*match.span()), chance.choice(turned))

    def _other_word(self, sentence: str, text: Text, chance: random.Random) -> Claim | None:
        plain = [
            word
            for word in content_words(sentence)
            if word.text.islower() and len(word.text) > 3 and word.text not in _HELPERS
        ]
        chance.shuffle(plain)
        for word in plain[:4]:
            others: list[str] = []
            same: set[str] = set()
            if form := self._wordnet.form(word.text):
                same = set(self._wordnet.synonyms(form))
                others = self._common(self._wordnet.sisters(form)) if chance.random() < 0.4 else []
            others = others or [each for each in self._near.get(word.text, ()) if each not in same]
            others = [each for each in others if each not in sentence]
            if others:
                return _put(sentence, word.span, chance.choice(others[:25]))
        return None

    def _surer(self, sentence: str, text: Text, chance: random.Random) -> Claim | None:
        found = [(match, new) for pattern, new in _HEDGES for match in pattern.finditer(sentence)]
        if not found:
            return None
        match, new = chance.choice(found)
        if new:
            return _put(sentence, Span(*match.span()), new)
        rest = sentence[match.end() :]
        first = re.match(r"\S+", rest)
        end = match.start() + (first.end() if first else 0)
        return Claim(sentence[: match.start()] + rest, (Span(match.start(), end),))

    def _done(self, sentence: str, text: Text, chance: random.Random) -> Claim | None:
        """What is to come has happened: "will close" becomes "closed"."""
        found = [
            m for m in re.finditer(r"\b(?:will|to|would|could|may|might) ([a-z]{3,})\b", sentence) if m[1] != "have"
        ]
        chance.shuffle(found)
        for match in found:
            done = self._wordnet.past(match[1])
            if done and self._counts.get(done, 0) >= _COMMON:
                return _put(sentence, Span(*match.span()), done)
        return None

    def _added(self, sentence: str, text: Text, chance: random.Random) -> Claim | None:
        others = [each for each in text.sentences if each != sentence]
        if not others or not sentence.endswith("."):
            return None
        here = {word.stem for word in content_words(sentence)}
        found = [
            match[0] for other in chance.sample(others, min(8, len(others))) for match in _ADDITION.finditer(other)
        ]
        new = [each for each in found if not {word.stem for word in content_words(each)} & here and content_words(each)]
        if not new:
            return None
        addition = chance.choice(new)
        commas = [match.start() for match in re.finditer(r",\s", sentence)]
        at = chance.choice([*commas, len(sentence) - 1, len(sentence) - 1])
        return Claim(sentence[:at] + addition + sentence[at:], (Span(at + 1, at + len(addition)),))

    def _merged(self, sentence: str, text: Text, chance: random.Random) -> Claim | None:
        ours = list(_VERB.finditer(sentence))
        if not ours:
            return None
        verb = chance.choice(ours)
        others = [
            (other, match)
            for other in text.sentences
            if other != sentence
            for match in _VERB.finditer(other)
            if match[0] == verb[0] and match.start() > 8 and len(other) - match.end() > 15
        ]
        if not others or verb.start() < 8 or len(sentence) - verb.end() < 15:
            return None
        other, match = chance.choice(others)
        if text.says(sentence[: verb.end()] + other[match.end() :]) or text.says(
            other[: match.start()] + sentence[verb.start() :]
        ):
            return None
        if chance.random() < 0.5:
            return Claim(
                sentence[: verb.end()] + other[match.end() :],
                (Span(verb.end() + 1, verb.end() + len(other) - match.end()),),
            )
        return Claim(other[: match.start()] + sentence[verb.start() :], (Span(0, match.start() - 1),))

    def _narrowed(self, sentence: str, text: Text, chance: random.Random) -> Claim | None:
        """A word that narrows the statement goes: "some", "almost", "only"."""
        found = list(_NARROWING.finditer(sentence))
        if not found:
            return None
        match = chance.choice(found)
        rest = sentence[match.end() :]
        first = re.match(r"\S+", rest)
        new = chance.choice(["all ", "exactly ", ""])
        text_ = sentence[: match.start()] + new + rest
        return Claim(text_, (Span(match.start(), match.start() + len(new) + (first.end() if first else 0)),))

    # Ways to say the same

    def _synonym(self, sentence: str, chance: random.Random) -> str:
        plain = [
            word
            for word in content_words(sentence)
            if word.text.islower() and len(word.text) > 3 and word.text not in _HELPERS
        ]
        chance.shuffle(plain)
        for word in plain[:5]:
            form = self._wordnet.form(word.text)
            same = self._common(self._wordnet.synonyms(form)) if form else []
            if same:
                return sentence[: word.span.start] + same[0] + sentence[word.span.end :]
        return sentence

    def _common(self, found: Sequence[str]) -> list[str]:
        return [word for word in found if self._counts.get(word, 0) >= _COMMON]


def word_counts(texts: Sequence[Text]) -> Counter[str]:
    """How often each plain word stands in the texts."""
    return Counter(word for text in texts for each in text.sentences for word in re.findall(r"[a-z]+", each))


def _put(sentence: str, span: Span, new: str) -> Claim:
    return Claim(sentence[: span.start] + new + sentence[span.end :], (Span(span.start, span.start + len(new)),))


def _cased(word: str, like: str) -> str:
    return word.capitalize() if like[:1].isupper() else word


def _changed(number: str, chance: random.Random) -> str:
    """Another number, written alike."""
    lower = number.lower()
    if lower in _SMALL:
        return _cased(chance.choice([word for word in _SMALL[1:] if word != lower]), number)
    digits = re.search(r"\d+", number)
    if digits is None:
        return chance.choice(["dozens", "hundreds", "two", "five", "ten", "twenty"])
    value = int(digits[0])
    choices = [
        value + 1,
        value + 2,
        value + 5,
        value * 2,
        value * 10,
        max(value - 1, 0),
        value // 2,
        value + chance.randint(3, 90),
    ]
    new = str(chance.choice([each for each in choices if each != value]))
    return number[: digits.start()] + new + number[digits.end() :]


def _without(pattern: re.Pattern[str], instead: str) -> Callable[[str, random.Random], str]:
    def change(sentence: str, chance: random.Random) -> str:
        found = list(pattern.finditer(sentence))
        if not found:
            return sentence
        match = chance.choice(found)
        return sentence[: match.start()] + instead + sentence[match.end() :]

    return change


def _speaker_first(sentence: str, chance: random.Random) -> str:
    match = _SAID_LAST.match(sentence)
    if match is None:
        return sentence
    what = match["what"]
    how = chance.choice(["{who} said that {what}.", "{who} said {what}.", "According to {who}, {what}."])
    return how.format(who=match["who"].strip(), what=what if what.startswith("I ") else what[:1].lower() + what[1:])


def _other_digits(sentence: str, chance: random.Random) -> str:
    """A number written another way: "3" and "three", "12,000" and "12000", "%" and "percent"."""

    def one(match: re.Match[str]) -> str:
        found = match[0]
        if found.isdigit() and int(found) < len(_SMALL):
            return _SMALL[int(found)]
        if found.lower() in _SMALL[2:]:
            return str(_SMALL.index(found.lower()))
        return found.replace(",", "")

    changed = re.sub(
        r"(?<![\d.,$£€-])(?:\d{1,3}(?:,\d{3})+|\d{1,2}|\b(?:" + "|".join(_SMALL[2:]) + r"))\b(?![\d.,:%-]\d?)",
        one,
        sentence,
        count=1,
    )
    return re.sub(r"(?<=\d) ?(?:%|per ?cent)", chance.choice(["%", " percent", " per cent"]), changed)
