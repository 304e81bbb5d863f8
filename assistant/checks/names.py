"""Names of a claim must stand in its source: whole, by surname after first mention, or behind a pronoun.

Knows no lists of people or places: a capital letter makes a name, and the article itself tells names from plain
words that only begin a sentence.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.checks import Fault, Source, agree, listed, sentence_case
from assistant.checks.dates import days
from index.articles import Span
from index.words import STOPWORDS, Word, words

# Titles go with a name but do not tell people apart.
TITLES = frozenset(
    listed("""
    mr mrs ms dr prof professor sir dame lord lady president vice prime minister secretary secretary-general
    general chancellor chairman chairwoman chair chief director mayor governor senator sen rep representative
    ambassador captain capt colonel col lieutenant lt sergeant sgt officer judge justice king queen prince princess
    pope bishop reverend rev father sister spokesman spokeswoman spokesperson editor analyst commissioner commander
    inspector detective superintendent councillor councilor deputy defence defense foreign interior finance health
    state executive harbourmaster harbormaster transport economy former acting ceo cfo pm mp mps
""")
)
# Verbs that give words to a speaker.
SPEECH_VERBS = frozenset(
    listed("""
    said says say stated states told tells noted notes added adds warned warns explained explains argued argues
    claimed claims announced announces confirmed confirms reported reports remarked remarks remarking commented
    comments insisted insists described describes declared declares suggested suggests acknowledged acknowledges
    admitted admits denied denies stressed stresses emphasized emphasised emphasizes emphasises reiterated reiterates
    replied replies wrote writes testified estimated estimates condemned condemns expressed expresses disclosed
    discloses revealed reveals highlighted highlights called urged urges promised promises predicted predicts
    conceded concedes cautioned cautions recalled recalls joked jokes tweeted posted
    stating noting adding warning saying
""")
)
# One name for what goes by several; short forms first, as written without points.
_ALIASES = {
    "us": "america", "usa": "america", "american": "america", "americans": "america",
    "uk": "britain", "british": "britain", "briton": "britain", "eu": "europe", "european": "europe",
    "un": "nations", "chinese": "china", "french": "france", "german": "germany", "dutch": "netherlands",
    "spanish": "spain", "polish": "poland", "swiss": "switzerland", "greek": "greece", "danish": "denmark",
    "swedish": "sweden", "finnish": "finland", "turkish": "turkey", "welsh": "wales", "scottish": "scotland",
    "irish": "ireland", "israeli": "israel", "iraqi": "iraq", "japanese": "japan", "thai": "thailand",
    "ukrainian": "ukraine", "russian": "russia", "korean": "korea", "italian": "italy", "indian": "india",
    "mexican": "mexico", "canadian": "canada", "australian": "australia", "norwegian": "norway", "belgian": "belgium",
    "iranian": "iran", "syrian": "syria", "palestinian": "palestine", "afghan": "afghanistan", "pakistani": "pakistan",
    "brazilian": "brazil", "argentine": "argentina", "egyptian": "egypt", "african": "africa", "asian": "asia",
    "hungarian": "hungary", "czech": "czechia", "portuguese": "portugal", "lebanese": "lebanon", "saudi": "saudi",
}  # fmt: skip
NATIONS = frozenset(_ALIASES.values()) - {"nations"}
# What a nation or a body is called in two words, and its short form.
_PAIRS = {
    ("united", "states"): "america", ("united", "kingdom"): "britain", ("great", "britain"): "britain",
    ("united", "nations"): "nations", ("europe", "union"): "europe", ("european", "union"): "europe",
}  # fmt: skip
_LINKS = {"of", "the", "de", "del", "la", "le", "van", "von", "der", "den", "bin", "al", "el", "and", "for", "&"}
# These tell apart what bears the same name, so they count only beside it.
SIDES = frozenset(listed("north south east west northern southern eastern western new old upper lower"))
# "he", or "the company": what the source leaves to the sentences before it.
_REFERS = re.compile(
    r"\b(?:he|she|they|his|her|hers|their|him|them|it|its|we|our|who|whose)\b"
    r"|\b(?:the|this|that|its|their|his|her)\s+(?:\w+\s+)?(?:company|firm|group|bank|union|party|team|club|side|country|"
    r"nation|government|minister|president|mayor|secretary|chief|executive|director|spokes\w+|office|agency|board|"
    r"authority|ministry|council|court|ferry|ship|vessel|plane|aircraft|city|town|village|region|island|plant|university|"
    r"hospital|school|museum|man|woman|couple|pair|two|suspect|victim|star|actor|actress|singer|player|striker|defender|"
    r"coach|manager|author|farmer|professor|doctor|operator|leader|lawmaker|senator|officer|duo|trio|brand|retailer)s?\b",
    re.IGNORECASE,
)
# Words with a capital only because they begin a sentence.
_OPENERS = frozenset(
    listed("""
    however meanwhile although though despite many several two three four five six seven eight nine ten dozens
    hundreds thousands millions after police experts critics troops earlier later last next separately instead
    together even nobody none nothing everyone everybody someone somebody anyone neither another according when
    whenever wherever while unlike like inside outside across along among amid around based because besides beyond
    given since such thus therefore hence indeed perhaps maybe overall rather somehow sometimes soon then there
    today yesterday tomorrow tonight less fewer half part parts talks people men women children families news
    sources data work plans prices sales shares profits rain snow wheat oil gas heavy local regional national
    international public private new old first second third until unless upon via whether without yes no
""")
)
_COMMON_ENDINGS = ("ing", "ly", "ed", "ers", "ists", "ials", "ors", "ments", "ities", "ions", "ants", "ents", "esses")
# Short forms in capitals that name nobody.
_NO_NAMES = frozenset(listed("ceo cfo mp mps tv pm gdp dna ai it id pr hq vip diy faq am ok"))
_DEMONYM = re.compile(r"(?:ian|ean|an|ese|ish|i)s?$")
_SHORTEST_ROOT = 4
_SHORTEST_NICKNAME = 3
_NICKNAMES = [
    frozenset(forms.split("/"))
    for forms in listed("""
    alexander/alex/alec/sandy andrew/andy/drew anthony/tony antony/tony barbara/barb/babs benjamin/ben/benny
    charles/charlie/chuck/chas catherine/katherine/kate/cathy/kathy/katie/kitty christopher/chris/kit daniel/dan/danny
    david/dave deborah/debbie donald/don/donnie dorothy/dot/dolly edward/ed/eddie/ted/ned elizabeth/liz/beth/betty
    eleanor/nell/ellie francis/frank frederick/fred/freddie george/georgie gerald/gerry/jerry henry/harry/hank
    isabella/bella james/jim/jimmy/jamie jennifer/jen/jenny john/jack/johnny jonathan/jon joseph/joe/joey
    kenneth/ken/kenny lawrence/larry leonard/len/lenny margaret/maggie/meg/peggy/margie martin/marty matthew/matt
    michael/mike/mick/mickey nicholas/nick/nicky patricia/pat/patty/tricia patrick/pat/paddy peter/pete
    philip/phil rebecca/becky richard/dick/rick/rich/ricky robert/bob/rob/bobby/bert ronald/ron/ronnie samuel/sam/sammy
    stephen/steven/steve susan/sue/susie theodore/ted/teddy theresa/teresa/terry/tess thomas/tom/tommy timothy/tim
    vladimir/volodya/vova volodymyr/vova victoria/vicky/tori vincent/vince/vinny walter/walt/wally
    william/bill/will/billy/willie aleksandr/sasha/alexander dmitri/dima mikhail/misha yevgeny/zhenya
""")
]
# ", who" or ", 71" after the first word of a sentence: an aside on somebody.
_ASIDE = re.compile(r",\s+(?:who|whose|an?|\d+)\b")


@dataclass(frozen=True)
class Name:
    """A name as written, with the parts that tell it apart in comparable form."""

    text: str
    parts: tuple[str, ...]
    span: Span

    @property
    def last(self) -> str:
        """The surname of a person, the last word of anything else."""
        return self.parts[-1]

    @property
    def given(self) -> tuple[str, ...]:
        """What stands before the last part."""
        return self.parts[:-1]


def plain(word: str) -> str:
    """A name's word in comparable form: lower case, no points or possessive, one form for nation and people."""
    lowered = word.lower().replace("’", "'").replace(".", "").removesuffix("'s").removesuffix("'")
    if not lowered.isascii():
        lowered = "".join(char for char in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(char))
    if lowered in _ALIASES:
        return _ALIASES[lowered]
    return _ALIASES.get(lowered.removesuffix("s"), lowered)


def names(text: str, article: str = "") -> list[Name]:
    """The names of a text, in order: runs of capitalised words, dates left out, titles not counted as parts.

    `article` tells whether a word that begins a sentence is a name or a plain word elsewhere.
    """
    if sum(char.isupper() for char in text) > sum(char.islower() for char in text) + 12:
        return []  # all capitals tell nothing
    dated = [day.span for day in days(text)]
    found = []
    for run in _runs(text, (_case(text), _case(article))):
        run = [word for word in run if not any(d.start <= word.span.start < d.end for d in dated)]
        parts = tuple(plain(word.text) for word in run if plain(word.text) not in TITLES | _LINKS | _NO_NAMES)
        if len(parts) > 1:
            parts = tuple(part for part in parts if len(part) > 1) or parts  # initials come and go
        if parts and (len(parts) > 1 or len(parts[0]) > 1):
            first, last = run[0].span.start, run[-1].span.end
            found.append(Name(text[first:last], parts, Span(first, last)))
    return found


@dataclass(frozen=True)
class _Case:
    """How the words of a text are written where any word might be: with a capital, or without."""

    capital: frozenset[str]
    lower: frozenset[str]


@lru_cache(maxsize=256)
def _case(text: str) -> _Case:
    capital, lower = set(), set()
    for word in words(text):
        if not word.text[:1].isupper():
            lower.add(word.text)
        elif not _starts(text, word):
            capital.add(word.text.lower())
    return _Case(frozenset(capital), frozenset(lower))


def _runs(text: str, cases: Sequence[_Case]) -> Iterator[list[Word]]:
    """Runs of capitalised words, with small linking words inside."""
    run: list[Word] = []
    every = words(text)
    for number, word in enumerate(every):
        joins = bool(run) and _joins(run[-1], text[run[-1].span.end : word.span.start])
        capital = _is_capitalised(word.text) and not (_starts(text, word) and _is_common(text, every, number, cases))
        if joins and (capital or (word.text.lower() in _LINKS and _next_is_name(text, every, number))):
            run.append(word)
            continue
        if run:
            yield run
        run = [word] if capital else []
    if run:
        yield run


def _joins(last: Word, between: str) -> bool:
    if between == ". ":
        return (
            len(last.text) == 1
            or last.text in ("St", "Mt")
            or ("." in last.text[:-1] and last.text[0].isupper() and last.text[-2] == ".")
        )
    return not re.search(r"[.;:!?()\"“”‘,\n—–/]", between)


def _is_capitalised(word: str) -> bool:
    return word[:1].isupper() and word.lower().replace("’", "'") not in {"i", "i'm", "i've", "i'll", "i'd"}


def _starts(text: str, word: Word) -> bool:
    """Whether a word stands where any word has a capital: at the start, after a full stop, colon or quotation mark."""
    before = text[max(0, word.span.start - 16) : word.span.start].rstrip(" ")
    if not before:
        return True
    if before[-1] == ".":
        last = before[:-1].rsplit(" ", 1)[-1].lower()
        abbreviated = last in TITLES | {"st", "mt"} or len(last) == 1 or "." in last
        return not abbreviated or word.text.lower() in STOPWORDS | _OPENERS
    if before[-1] in "’'":
        return not before[-2:-1].isalpha()  # a mark after a letter is an apostrophe: the workers’ union
    return before[-1] in '!?:;“”"‘(\n•–—…|-`'


def _is_common(text: str, every: Sequence[Word], number: int, cases: Sequence[_Case]) -> bool:
    """Whether the first word of a sentence is a plain word: by its kind, or as the article writes it elsewhere."""
    word = every[number].text
    lowered = word.lower().replace("’", "'")
    if word.isupper() and len(word) > 1:
        return False
    if lowered in STOPWORDS or lowered in _LINKS or lowered in _OPENERS:
        return True
    if any(lowered in case.lower for case in cases):
        return True
    following = every[number + 1].text if number + 1 < len(every) else ""
    if (
        any(lowered in case.capital for case in cases)
        or lowered in _ALIASES
        or any(char.isupper() for char in word[1:])
    ):
        return False
    if _is_capitalised(following):
        return lowered.endswith(_COMMON_ENDINGS[:3])
    if _ASIDE.match(text, every[number].span.end):
        return False
    return following.lower() not in SPEECH_VERBS or lowered.endswith(_COMMON_ENDINGS)


def _next_is_name(text: str, every: Sequence[Word], number: int) -> bool:
    if number + 1 >= len(every) or not _is_capitalised(every[number + 1].text):
        return False
    return every[number].text.lower() != "and" and text[every[number].span.end : every[number + 1].span.start] == " "


def check(claim: str, source: Source, *, where: str) -> list[Fault]:
    """A fault for each name of the claim that the source neither gives nor refers to."""
    claimed = names(claim, source.whole)
    if not claimed:
        return []
    given = _Given.of(source)
    return [fault for name in claimed if (fault := _fault(name, given, where))]


@dataclass(frozen=True)
class _Given:
    """What a source says of names: its own, those it refers back to, and the order of its words."""

    named: list[Name]
    forms: frozenset[str]
    roots: frozenset[str]
    peoples: frozenset[str]
    sequence: str
    before: list[Name]
    before_forms: frozenset[str]
    refers: bool
    article: str

    @classmethod
    def of(cls, source: Source) -> "_Given":
        forms, sequence = _forms(source.text)
        before_forms, _ = _forms(source.before)
        return cls(
            named=names(source.text, source.whole),
            forms=forms,
            roots=frozenset(map(_root, forms)),
            peoples=frozenset(_root(form) for form in forms if _DEMONYM.search(form)),
            sequence=sequence,
            before=names(source.before, source.whole),
            before_forms=before_forms,
            refers=bool(_REFERS.search(source.text)),
            article=source.whole,
        )

    @property
    def whole(self) -> str:
        """The comparable words of the whole article."""
        return _whole_sequence(self.article)

    @property
    def initials(self) -> frozenset[str]:
        """Short forms with the names they may stand for."""
        return _initials(self.article)

    def has(self, part: str) -> bool:
        """Whether the source has a name's word, as itself or as nation and people."""
        if part in self.forms:
            return True
        return _root(part) in (self.roots if _DEMONYM.search(part) else self.peoples)


def _forms(text: str) -> tuple[frozenset[str], str]:
    """The words of a text in comparable form, as a set and in order."""
    ordered = [word.text.lower() if word.text == "us" else plain(word.text) for word in words(text)]
    merged = [_PAIRS[pair] for pair in pairwise(ordered) if pair in _PAIRS]
    return frozenset([*ordered, *merged]), f" {' '.join(each for each in ordered if each not in _LINKS)} "


@lru_cache(maxsize=64)
def _whole_sequence(text: str) -> str:
    return _forms(text)[1]


@lru_cache(maxsize=64)
def _initials(text: str) -> frozenset[str]:
    """Pairs "kmu=kelmaran metalworkers union" of short forms and the names they may stand for, as the text has them."""
    short = {word.text.replace(".", "").lower() for word in words(text) if _is_short_form(word.text)}
    pairs = set()
    for name in names(text):
        for letters in _short_forms(name):
            if letters in short:
                pairs.add(f"{letters}={' '.join(name.parts)}")
    return frozenset(pairs)


def _is_short_form(word: str) -> bool:
    bare = word.replace(".", "")
    return len(bare) > 1 and bare.isupper()


def _short_forms(name: Name) -> set[str]:
    """The first letters of a name's words, with and without the small ones."""
    every = [word.text for word in words(name.text)]
    return {
        "".join(word[0] for word in every if keep(word)).lower()
        for keep in (lambda word: True, lambda word: word[0].isupper())
    } - {each[0].lower() for each in every}


def _root(part: str) -> str:
    """A place or people without the ending that tells them apart: Kelmara and Kelmaran share "kelmar"."""
    root = _DEMONYM.sub("", part)
    root = root.removesuffix("a") if len(root) > _SHORTEST_ROOT else root
    return root if len(root) >= _SHORTEST_ROOT else part


def _fault(name: Name, given: _Given, where: str) -> Fault | None:
    namesake = _namesake(name, given)
    if namesake:
        reason = f"{sentence_case(where)} {agree(where, 'name')} “{namesake.text}”, not “{name.text}”."
        return Fault("wrong", reason, name.span, namesake.span if namesake in given.named else None)
    if _stands(name, given):
        return None
    others = [other.text for other in given.named if not set(other.parts) <= set(name.parts)]
    if not others:
        return Fault("absent", f"“{name.text}” is not in {where}.", name.span)
    shown = " and ".join(f"“{other}”" for other in dict.fromkeys(others[:2]))
    reason = f"“{name.text}” is not in {where}, which {agree(where, 'name')} {shown}."
    return Fault("absent", reason, name.span, given.named[0].span)


def _namesake(name: Name, given: _Given) -> Name | None:
    """The one of the same surname, or on the other side of the border, whom the source means instead."""
    if len(name.parts) < 2 or f" {' '.join(name.parts)} " in given.sequence or _is_nickname(name, given):
        return None
    side = next((index for index, part in enumerate(name.parts[:-1]) if part in SIDES), None)
    if side is not None:
        place, rest = name.parts[side : side + 2], name.parts[side + 1]
        if f" {' '.join(place)} " in given.sequence:
            return None
        return next(
            (other for other in given.named if rest in other.parts[1:] and _side_of(other, rest) in SIDES), None
        )
    own = [part for part in name.given if part not in NATIONS]
    if not own or not (
        f" {' '.join(name.parts)} " in given.whole or all(f" {part} " not in given.whole for part in own)
    ):
        return None  # what stands before the surname is no first name: "Labour Dorn"
    for named in (given.named, given.before[::-1]):
        same = [other for other in named if other.last == name.last and set(other.given) - NATIONS]
        if same:
            return None if any(_compatible(own, other.given) for other in same) else same[0]
        if any(name.last in other.parts[:-1] for other in named):
            return None
    return None


def _side_of(name: Name, part: str) -> str:
    return name.parts[name.parts.index(part, 1) - 1]


def _compatible(one: Collection[str], other: Collection[str]) -> bool:
    """Whether two sets of given names may be one person's: they share one, or an initial stands for one."""
    return any(a == b or (a[0] == b[0] and min(len(a), len(b)) <= 2) for a in one for b in other)


def _is_nickname(name: Name, given: _Given) -> bool:
    """Whether the source names somebody whose first name begins alike, as Joseph does for Joe.

    An article that has both first names keeps two people apart by them.
    """
    return f" {' '.join(name.parts)} " not in given.whole and any(
        other.last == name.last and any(_is_short_for(a, b) for a in name.given for b in other.given)
        for other in given.named
    )


def _is_short_for(one: str, other: str) -> bool:
    """Whether one first name is the start of the other, or both are forms of one as Bill is of William."""
    short, long = sorted((one, other), key=len)
    return (len(short) >= _SHORTEST_NICKNAME and long.startswith(short)) or any(
        {one, other} <= forms for forms in _NICKNAMES
    )


def _stands(name: Name, given: _Given) -> bool:
    parts = _merged(name.parts)
    missing = [part for part in parts if not given.has(part)]
    if not missing or _is_initials(name, given):
        return True
    if given.refers and all(part in given.before_forms or given.has(part) for part in parts):
        return True
    if len(parts) == 1:
        return False
    if _is_nickname(name, given):
        return True
    # The surname alone may stand for the full name that the article gives, and "JD" for "J. D.".
    if parts[-1] in missing:
        return False
    return f" {' '.join(name.parts)} " in given.whole or all(len(part) <= 2 for part in missing)


def _merged(parts: tuple[str, ...]) -> tuple[str, ...]:
    for index, pair in enumerate(pairwise(parts)):
        if pair in _PAIRS:
            return (*parts[:index], _PAIRS[pair], *parts[index + 2 :])
    return parts


def _is_initials(name: Name, given: _Given) -> bool:
    """Whether the claim has the short form and the source the name, or the other way round."""
    if _is_short_form(name.text):
        letters = name.text.replace(".", "").lower()
        if any(letters in _short_forms(other) for other in given.named):
            return True
        pairs = (pair.partition("=")[2] for pair in given.initials if pair.startswith(f"{letters}="))
        return any(full in given.sequence for full in pairs)
    return any(letters in given.forms for letters in _short_forms(name) if len(letters) > 1)
