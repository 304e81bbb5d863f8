"""What a claim in its source's own words leaves out, and whether it may: told by form alone, for any word may govern.

"The brother of the mayor was arrested" does not say that the mayor was. So only what stands apart may go: an aside, a
result at the end, a dateline, a connective or a date at the start. Knows nothing of paraphrase.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.checks import Source, listed, names, sentence_case
from assistant.checks.dates import days
from assistant.checks.polarity import governing
from assistant.checks.quotations import quotations, unclosed
from index.articles import Span
from index.words import is_content, stem

# A sign belongs to its number, a hyphen to its word; "a few" is more than "few".
_WORD = re.compile(
    r"\ba (?:few|little)\b|(?<!\w)[-−]?\d+(?:[.,:]\d+)*|['’]s\b|\w+(?:(?!['’]s\b)[-'’.]\w+)*", re.IGNORECASE
)
# Words that a claim may drop or put in.
_FREE = frozenset(listed("a an the that also both"))
_IN_COURT = re.compile(r"\b(?:court|jury|inquest|tribunal|inquiry)\s(?:has\s|was\s)?(?:heard|told)\b", re.IGNORECASE)
# Before these a comma may stand or not.
_JOINING = frozenset(listed("and or but"))
_CONNECTIVE = re.compile(
    r"(?!but for\b)(?:but|and|so|yet|now|however|meanwhile|also|moreover|furthermore|additionally|in addition"
    r"|separately|indeed|nevertheless|still|for his part|for her part)\b,?\s+",
    re.IGNORECASE,
)
# "TOLVAN —", but not "RUMOUR —".
_DATELINE = re.compile(
    r"(?!RUMOU?R|FAKE|FALSE|FACT|MYTH|OPINION|SATIRE|FICTION|CLAIM|HOAX|CORRECT)(?=[^\s—–]*[A-Z]{3})"
    r"[A-Z][A-Z .’'-]+(?:,\s[\w. ]{2,30})?(?:\s\([\w ]+\))?\s+[—–-]\s+"
)
_DATE_WORDS = re.compile(
    r"(?:on|in|at|the|of|late|early|last|this|week|month|year|morning|afternoon|evening|night)", re.IGNORECASE
)
_RELATIVE = frozenset(listed("who whose whom which where when that because since while"))
_DETERMINERS = frozenset(listed("a an the his her its their"))
# Where a phrase of place or time begins, and what else ends one.
_AT = frozenset(listed("from at near outside inside along across"))
_IN = frozenset(listed("in on during after before since"))
_NEXT = _AT | _IN | frozenset(listed("following with for to by of and as when while because"))
# One word of these says only when.
_WHEN = frozenset(listed("recently earlier already now today yesterday tonight later"))
# What takes back the statement before it, in a statement of its own.
_TAKES_BACK = frozenset(
    listed("""
    only except exception exceptions if unless not never wrong false untrue lie lies it this these whole thing things
    joke prank story tale rumour rumor hoax made myth
""")
)
_COUNTING = frozenset(listed("few half most some many no one two three four five six seven eight nine ten minus"))
_OFFICIAL = frozenset(
    listed("office police officials ministry agency authorities authority department service government court council")
)
# What begins a statement of another, after "and".
_ANOTHER = _DETERMINERS | _OFFICIAL
_OPENING = (",", "-", "—", "–", "(")
_QUOTE_MARKS = frozenset('“”"‘')
# What tells that somebody holds it, beside verbs of speech; that it is true on a condition or in part.
_UNSAFE = names.SPEECH_VERBS | frozenset(
    listed("""
    accusation accusations according agree agreed allegation allegations allege alleges apart argue arguing asserts
    believe believed believes claim claiming conclude concluded contends except exception exceptions excluding fear feel
    felt find finds found guess hear heard hears hope hoped implies incorrect indicate indicated insist learned lie lies
    maintains mistake mistaken myth not only or provided reads reckon reckons rule ruled rules rumour rumours save shows
    showed thinks though thought understands until warn wrong
""")
)
_TALE = re.compile(
    r"\b(?:in|during|for|as)\s+(?:(?:the|an?|his|her|its|their|one)\s+(?:\w+\s+)?)?(?:ballet|book|cartoon|comedy|drama"
    r"|dream|drill|error|exercise|fiction|film|game|legend|movie|musical|novel|opera|parody|play|poem|principle|rehearsal"
    r"|satire|scenario|scene|sequel|series|simulation|sketch|song|story|tale|theory|video)s?\b",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october"
    r"|november|december|[12]\d{3}",
    re.IGNORECASE,
)
# What an aside may be: closed forms, since any verb, "with" or bare "in" may limit or take back what stands before it.
_NAME = r"[A-Z][\w.’'-]*(?:\s(?:(?:de|van|von|al|bin|of|the)\s)?[A-Z][\w.’'-]*)*"
_ROLE = (
    r"(?:head|chief|executive|director|chair(?:man|woman|person)?|president|premier|minister|secretary|mayor|governor|senator"
    r"|lawmaker|deputy|commissioner|ambassador|envoy|spokes(?:man|woman|person)|general|colonel|captain|commander"
    r"|officer|sergeant|nurse|surgeon|teacher|professor|lecturer|scientist|biologist|engineer|lawyer|prosecutor|farmer"
    r"|fisherman|driver|owner|founder|editor|journalist|economist|analyst|historian|bishop|priest|king|queen|prince"
    r"|princess|striker|goalkeeper|defender|midfielder|manager|widow|widower|father|mother|resident|capital)"
)
_FUNCTION = (
    r"(?!(?:in|on|at|as|for|with|by|of|to|from|like|unlike|without|before|after|until|under|against|despite|per|who"
    r"|which|when|where|while|if|and|or|but|nor|so|is|was|were|are|be|did|does|had|has|have|would|will|can|could|may)\b)"
)
_APPOSITION = (
    rf"(?:(?:the|an?|its|his|her|their|(?:{_NAME}[’']s))\s(?:{_FUNCTION}[\w-]+(?<!s)\s){{0,2}})?{_ROLE}"
    rf"(?:\s(?:of|for)\s(?:(?:the|its|his|her)\s)?(?:{_NAME}|{_FUNCTION}[a-z]+(?<!s))"
    r"(?:\s(?:office|authority|agency|department|council|union|party|company|bank|court))?"
    rf"|\s(?:in|at)\s{_NAME})?"
)
_MADE = r"(?:built|founded|born|opened|established|completed|launched|signed)"
_APART = re.compile(
    rf"\d{{1,3}}(?:-year-old)?|aged\s\d+|{_NAME}|{_APPOSITION}|including\s{_NAME}(?:\sand\s{_NAME})?"
    rf"|{_MADE}\s(?:in|on)\s(?:\d{{1,2}}\s)?(?:{_NAME}(?:\s\d+)?|\d{{4}})|based\sin\s{_NAME}"
    r"|who\s(?:had|has|have)\s\w+(?:ed|n|t)\s(?:for|since)\s\w+(?:\syears|\smonths|\sweeks)?"
    r"|\d+(?:[.,]\d+)?\s(?:miles?|km|kilometres|kilometers|feet|metres|meters|acres|hectares|pounds|kg|mph|kph)"
)
# At the end of a sentence also what followed from it, or is still to be done.
_RESULT = re.compile(
    r"(?:killing|injuring|wounding|tearing|destroying|damaging|flooding|forcing|causing|blocking|cutting|crushing"
    r"|displacing|stranding|burning|burying)\s.+|which\s(?:it|he|she|they)\s(?:must|will)\s.+",
    re.DOTALL,
)
_LONGEST_ASIDE = 30
_LONGEST_PHRASE = 8
_WHO = r"(?P<who>[^,;:“”\"]{2,80}?)"
_SAID = r"(?:said|says|stated|states)"
# The ways to give words to a speaker; in each the body says the same.
_FRAMES = [
    re.compile(rf"(?P<body>.+?)[,”\"]+\s+{_WHO}\s+{_SAID}[.]?", re.DOTALL),
    re.compile(rf"(?P<body>.+?)[,”\"]+\s+{_SAID}\s+{_WHO}[.]?", re.DOTALL),
    re.compile(rf"(?P<body>.+?),?[”\"]?\s+according to {_WHO}[.]?", re.DOTALL),
    re.compile(rf"According to {_WHO},\s+(?P<body>.+)", re.DOTALL),
    re.compile(rf"{_WHO}\s+{_SAID}(?: that|,|:)?\s+(?P<body>.+)", re.DOTALL),
]


@dataclass(frozen=True)
class _Token:
    """A word of a text as compared, where it stands, and the marks between it and the word before."""

    text: str
    span: Span
    mark: str
    is_name: bool = False


def own_words(claim: str, source: str, *, shorter: bool = False) -> bool:
    """Whether a claim is its source with nothing gone but what stands apart, its speaker named before or after.

    With `shorter` what a person may leave out too: a word, a phrase such as "at his home", what happened besides.
    """
    if _marks_moved(claim, source):
        return False
    if _may_become(source, claim, shorter=shorter):
        return True
    given = list(_framed(source))
    return any(
        one_speaker == other_speaker and _may_become(other, one, shorter=shorter)
        for one_speaker, one in _framed(claim)
        for other_speaker, other in given
    )


def _marks_moved(claim: str, source: str) -> bool:
    """Whether words that stand side by side in both have another mark between them: "no one" is not "no, one"."""
    there: dict[tuple[str, str], set[str]] = {}
    for one, other in pairwise(_tokens(source)):
        there.setdefault((one.text, other.text), set()).add(_bare(other.mark))
    for one, other in pairwise(_tokens(claim)):
        marks = there.get((one.text, other.text))
        if marks and other.text not in _JOINING and _bare(other.mark) not in marks:
            return True
    return False


def _bare(mark: str) -> str:
    """A mark between words without quotation marks and brackets, all dashes alike."""
    return re.sub(r"[\"'“”‘’()\[\]\s]", "", re.sub(r"[—–-]+", "-", mark))


def left_out(claim: str, source: str) -> str:
    """The words of the source that the claim, else in its very words, leaves out; empty where it has other words."""
    dateline = _DATELINE.match(source)
    source = source[dateline.end() :] if dateline else source
    theirs = _tokens(source)
    left = iter(range(len(theirs)))
    kept = {
        next((n for n in left if theirs[n].text == word.text), None)
        for word in _tokens(claim)
        if word.text not in _FREE
    }
    lost = [n for n in range(len(theirs)) if n not in kept and theirs[n].text not in _FREE]
    if None in kept or not any(is_content(theirs[n].text) for n in lost):
        return ""
    last = next((n for n, following in pairwise(lost) if following > n + 1), lost[-1])
    return " ".join(source[theirs[lost[0]].span.start : theirs[last].span.end].split())


def cut_loose(claim: str, source: Source, where: str) -> str:
    """Why the source's own words are not the source's statement here: it asks, or quotes; empty if neither."""
    if source.text.rstrip("”\"’' ").endswith("?") and not claim.rstrip("”\"’' ").endswith("?"):
        return f"{sentence_case(where)} asks this; the claim states it."
    if _IN_COURT.search(source.text) and not _IN_COURT.search(claim):
        return f"In {where} this was said in court; the claim states it as a fact."
    said = [stem(word.text) for word in _content(claim)]
    told = source.text
    quoted = [words for words, _ in quotations(told)] + unclosed(source.ahead, told)
    marked = bool(quotations(claim) or unclosed("", claim))
    if said and not marked and any(_in_order(said, [stem(word.text) for word in _content(each)]) for each in quoted):
        return f"In {where} these are somebody's words, which the claim states as a fact."
    return ""


def _in_order(wanted: Sequence[str], there: Sequence[str]) -> bool:
    left = iter(there)
    return all(word in left for word in wanted)


def _content(text: str) -> list[_Token]:
    return [token for token in _tokens(text) if is_content(token.text)]


def _tokens(text: str) -> list[_Token]:
    found, end = [], 0
    for match in _WORD.finditer(text):
        lowered = match[0].lower().replace("’", "'").replace("−", "-")
        found.append(_Token(lowered, Span(*match.span()), text[end : match.start()].strip(), match[0][0].isupper()))
        end = match.end()
    return _one_perfect(found)


def _one_perfect(found: list[_Token]) -> list[_Token]:
    """The words with "has" and "had" before a participle taken as one."""
    return [
        replace(token, text="have") if token.text in ("has", "had") and following.text.endswith(("ed", "en")) else token
        for token, following in zip(found, [*found[1:], *found[:1]], strict=True)
    ]


def _framed(text: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """The ways to read a text as a speaker and what he says."""
    for frame in _FRAMES:
        if match := frame.fullmatch(text.strip()):
            who = tuple(token.text for token in _tokens(match["who"]) if token.text not in _FREE)
            if who and len(who) <= _LONGEST_PHRASE and _UNSAFE.isdisjoint(who):
                yield who, match["body"]


def _may_become(source: str, claim: str, *, shorter: bool) -> bool:
    """Whether the source becomes the claim when words that stand apart are left out."""
    wanted = [token.text for token in _tokens(claim) if token.text not in _FREE]
    theirs = _tokens(source)
    if not {token.text for token in theirs}.issuperset(wanted):
        return False
    ways: dict[int, set[int]] = {}  # from a word to the words that may follow it
    for start, end in _apart(source, theirs, shorter=shorter):
        ways.setdefault(start, set()).add(end)
    reached: list[set[int]] = [set() for _ in range(len(theirs) + 1)]
    reached[0].add(0)
    for place, token in enumerate(theirs):
        for done in reached[place]:
            if token.text in _FREE:
                reached[place + 1].add(done)
            if done < len(wanted) and token.text == wanted[done]:
                reached[place + 1].add(done + 1)
            for end in ways.get(place, ()):
                reached[end].add(done)
    return bool(wanted) and len(wanted) in reached[-1]


def _apart(text: str, every: Sequence[_Token], *, shorter: bool) -> Iterator[tuple[int, int]]:
    """What may go from a sentence, as the numbers of its first word and of the word after it."""
    yield from _at_the_start(text, every)
    bound = _bound(text, every)
    if (
        shorter
        and len(every) > 1
        and 0 not in bound
        and every[0].text not in _COUNTING
        and _is_part_of_name(text, every)
    ):
        yield 0, 1
    marks = [*(token.mark for token in every), "."]
    for start in range(1, len(every)):
        if marks[start][-1:] in _OPENING:
            yield from _aside(text, every, marks, start, bound)
        if shorter:
            yield from _said_shorter(every, marks, start, bound)


def _is_part_of_name(text: str, every: Sequence[_Token]) -> bool:
    """Whether the first word is a first name, or tells the age of whom it stands before."""
    return text[every[1].span.start].isupper() and not every[1].mark and every[0].text not in names.SIDES


def _said_shorter(
    every: Sequence[_Token], marks: Sequence[str], start: int, bound: set[int]
) -> Iterator[tuple[int, int]]:
    """What a person leaves out: a phrase of time or place, officials as the source, and what another did."""
    if every[start].text in _WHEN:
        yield start, start + 1
    told = [token.text for token in every[start:]]
    if marks[start] == "," and told[0] == "and" and _ANOTHER.issuperset(told[1:2]) and _TAKES_BACK.isdisjoint(told):
        yield start, len(every)
    end = next((n for n in range(start + 1, len(every) + 1) if marks[n] or every[n].text in _NEXT), len(every))
    if bound.isdisjoint(range(start, end)) and _is_place_or_time(every[start:end]):
        yield start, end
    end = next((n for n in range(start + 1, len(every) + 1) if marks[n]), len(every))
    said = {token.text for token in every[start:end]}
    if marks[start].endswith(",") and end - start <= _LONGEST_PHRASE and said & _OFFICIAL and said & {"said", "says"}:
        yield start, end


def _is_place_or_time(phrase: Sequence[_Token]) -> bool:
    """Whether a phrase is "on Friday", "in Rovigna" or "at his home"; "on paper" and "in mice" are neither."""
    first, rest = phrase[0].text, [token for token in phrase[1:] if token.text not in _DETERMINERS]
    if first in ("from", "following"):
        return bool(rest)
    if first in _AT:
        return len(phrase) > len(rest) + 1 or all(token.is_name for token in rest)
    return first in _IN and bool(rest) and (_is_day(phrase) or all(token.is_name for token in rest))


def _is_day(phrase: Sequence[_Token]) -> bool:
    """Whether a phrase is a date and nothing else."""
    told = [token.text for token in phrase]
    known = (_DAY.fullmatch(word) or _DATE_WORDS.fullmatch(word) or word.isdigit() for word in told)
    return all(known) and any(_DAY.fullmatch(word) for word in told)


def _bound(text: str, every: Sequence[_Token]) -> set[int]:
    """The numbers of the words that may govern others and so must stay."""
    spans = [*governing(text), *(Span(*match.span()) for match in _TALE.finditer(text))]
    return {
        number
        for number, token in enumerate(every)
        if token.text in _UNSAFE or any(s.start <= token.span.start < s.end for s in spans)
    }


def _aside(
    text: str, every: Sequence[_Token], marks: Sequence[str], start: int, bound: set[int]
) -> Iterator[tuple[int, int]]:
    """From a comma, dash or bracket to its fellow, or to the end of the sentence, where the form is a closed one."""
    opening = marks[start][-1]
    for end in range(start + 1, min(len(every), start + _LONGEST_ASIDE) + 1):
        if end - 1 in bound or (end - 1 > start and not _QUOTE_MARKS.isdisjoint(marks[end - 1])):
            return
        last = end == len(every)
        if not last and (")" if opening == "(" else opening) not in marks[end]:
            continue
        phrase = text[every[start].span.start : every[end - 1].span.end]
        known = _APART.fullmatch(phrase) or _is_day(every[start:end]) or (last and _RESULT.fullmatch(phrase))
        if known and (last or opening != "," or not (_describes(every[end].text) or _is_listed(every, start, end))):
            yield start, end
        return


def _is_listed(every: Sequence[_Token], start: int, end: int) -> bool:
    """Whether what stands between two commas is one of a list: "Holm, Lind, Voss and Krag"."""
    return every[end].text in _JOINING or (every[start].is_name and every[end].is_name)


def _describes(word: str) -> bool:
    """Whether a word begins what is said of somebody just named: without the name it would be said of another."""
    return word in _RELATIVE or word in _DETERMINERS or word[0].isdigit() or _is_participle(word)


def _is_participle(word: str) -> bool:
    return word.endswith("ing") and len(word) > 5


def _at_the_start(text: str, every: Sequence[_Token]) -> Iterator[tuple[int, int]]:
    """A dateline, a connective or a date before the first comma."""
    dateline = _DATELINE.match(text)
    start = dateline.end() if dateline else 0
    yield 0, _number(every, start)
    if connective := _CONNECTIVE.match(text, start):
        yield _number(every, start), _number(every, connective.end())
    phrase = text[start : max(start, text.find(",", start))]
    dated = days(phrase)
    if phrase and (dated or _DATE_WORDS.search(phrase)):
        bare = "".join(" " if any(d.span.start <= n < d.span.end for d in dated) else c for n, c in enumerate(phrase))
        if all(_DATE_WORDS.fullmatch(word) for word in bare.split()):
            yield _number(every, start), _number(every, start + len(phrase))


def _number(every: Sequence[_Token], place: int) -> int:
    """The number of the first word from a place on."""
    return next((number for number, token in enumerate(every) if token.span.start >= place), len(every))
