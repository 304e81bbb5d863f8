"""What did not happen, may happen or went the other way must not be told as a plain fact.

Three comparisons of words that claim and source share: whether a "not" governs them, whether a "may" does, and
whether a word beside them was turned into its opposite. Knows no grammar beyond clauses.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.checks import Fault, Source, agree, listed, sentence_case
from index.articles import Span
from index.words import Word, content_words, stem, words

# What turns a statement round, and what only looks like it ("not only", "no fewer than", "No 10").
_NEGATION = re.compile(
    r"""
    \b(?:not|never|without|neither|nor|cannot|none|nobody|nothing)\b(?!\s+(?:only|just|merely|least|until|to\smention))
  | \bno\b(?!\s+(?:fewer|less|more|later|sooner|doubt|matter|\d)|\.)
  | \w*n['’]t\b
  | \b(?:fail(?:s|ed|ing)?|yet|unable|declin(?:es?|ed|ing)|refus(?:es?|ed|ing))\s+to\b
  | \b(?:deny|denies|denied|denying)\b(?:\s+that\b)?
  | \b(?:reject|dismiss)(?:e?s|ed|ing)?\s+that\b
  | \brul(?:es?|ed|ing)\s+out\b
  | \b(?:cleared|acquitted)\s+of\b
  | \b(?:false(?:ly)?|untrue|wrongly|incorrectly)\b
  | \b(?:myth|hoax|lie|untrue|false)\s+that\b
  | \b(?:hardly|scarcely|barely)\b(?:\s+any\b)?
  | \b(?:stop(?:s|ped|ping)?|ceas(?:es?|ed|ing)|quit(?:s|ting)?|end(?:s|ed|ing)?|avoid(?:s|ed|ing)?)\b(?=\s\w+ing\b)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_HEDGE = re.compile(
    r"""
    \b(?:might|may(?!\s+\d)|could(?!\s+not|n['’]t))\b
  | \b(?:possibly|perhaps|probably|likely|unlikely|reportedly|allegedly|alleged|suspected|potential|potentially)\b
  | \b(?:propose[sd]?|proposing|considers|considering|threaten(?:s|ed)?\sto)\b
  | \b(?:plan(?:s|ned|ning)?|hop(?:es?|ed|ing)|intend(?:s|ed)?)\s(?:to|for)\b
  | \b(?:aim(?:s|ed|ing)?|seek(?:s|ing)?|sought|want(?:s|ed)?)\s(?:to|for)\b
  | \b(?:expect(?:s|ed|ing)?|appear(?:s|ed)?\sto|seem(?:s|ed)?\sto)\b(?:\sto\b|\sthat\b)?
  | \b(?:believ(?:es?|ed)|suspects?|thinks?|thought|fears?|feared|suggests?|suggested)\b(?:\sthat\b|\sto\b)?
  | \b(?:tr(?:y|ies|ied|ying)|attempt(?:s|ed|ing)?)\s+to\b
  | \b(?:urg|ask|order|beg|forc|invit|encourag|press|call|advis|instruct|tell|told)(?:s|es|ed|ing)?\b
    (?=\s(?:(?!that\b)[\w’'-]+\s){1,5}to\s[a-z])
  | \b(?:accus(?:es?|ed|ing)|suspicion|guilty)\s+of\b|\baccused\b
  | \b(?:rumou?rs?|rumou?red|allegations?|accusations?|charges?|claims?|claimed|theory|idea|suspicions?|fears?)\s+that\b
  | \b(?:supposedly|purportedly|apparently|nearly|almost)\b
  | \b(?:fake|former|ex|would-be|so-called|mock|replica|bogus|toy|dummy|imaginary|fictional|fictitious|simulated)\b
  | \b(?:self-(?:styled|proclaimed|described|appointed)|presumed|putative|aspiring|prospective|unofficial|unconfirmed)\b
  | \b(?:deputy|assistant|interim|caretaker|honorary|shadow|vice|draft|proposals?|tentative|provisional|preliminary)\b
  | \bacting(?!\s(?:on|as|in|for|like|alone|with|under|upon|up|together)\b)
  | \b(?:partly|partially|briefly|tentatively|provisionally|symbolically|virtually)\b
  | \b(?:failed(?!\sto)|foiled|aborted|attempted(?!\sto)|thwarted)(?=\s[a-z])
  | \b(?:one|two|three|four|five|six|seven|eight|nine|ten|half|third|quarter|part|most|some|\d+)s?\sof
    \s(?:the|its|their|these)\b
  | \b(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)[\s-](?=(?:\w+est|most)\b)
  | (?<!as\s)(?<!even\s)\b(?:if|unless|whether)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
# A claim with one of these does not speak plainly either.
_SOFT = re.compile(
    r"\b(?:would|should|can|hypothetical|set\sto|due\sto|plans?|proposals?|hopes?|expectations?|looking)\b",
    re.IGNORECASE,
)
# A mark governs the next content words of its clause.
_REACH = 2
_CLAUSE_END = re.compile(
    r"[.;:!?,—–()“”\"]|\b(?:but|although|though|while|whereas|because|which|who|and|that|whether|if|when|where|how|why"
    r"|what)\b",
    re.IGNORECASE,
)
# Below this share of common words the two do not speak of the same matter.
_SAME_MATTER = 0.4
# Hedges are common words, so that more must be shared before one counts as dropped.
_SAME_STATEMENT = 0.5

_OPPOSITES = [
    ("rise rises rose risen rising increase increases increased increasing grow grows grew grown growth climb climbs"
     " climbed gain gained higher raise raises raised soar soared surge surged jump jumped upturn",
     "fall falls fell fallen falling decrease decreases decreased decreasing shrank shrink decline declines declined"
     " declining drop drops dropped lower lowered reduce reduces reduced reduction plunge plunged sank slump downturn"),
    ("won win wins winning victory", "lost lose loses losing defeat"),
    ("doubled doubles double doubling", "tripled triples triple trebled treble halved halves halving quadrupled"),
    ("accept accepts accepted approve approves approved approval back backs backed support supports supported",
     "reject rejects rejected refuse refused oppose opposes opposed opposition"),
    ("confirm confirms confirmed admit admits admitted acknowledged", "deny denies denied"),
    ("uphold upholds upheld upholding", "overturn overturns overturned overturning quash quashes quashed annulled"),
    ("guilty convicted", "innocent acquitted cleared"),
    ("open opens opened opening reopen reopened", "close closes closed closing shut"),
    ("arrive arrives arrived", "leave left leaves departed"),
    ("begin begins began start starts started", "end ends ended finish finished stop stopped"),
    ("survive survived survivors alive", "die died dead killed"),
    ("east eastern eastward", "west western westward"), ("north northern northward", "south southern southward"),
    ("above", "below"), ("upstream", "downstream"), ("inside", "outside"),
    ("hired", "fired dismissed"), ("allow allows allowed permitted legal", "ban bans banned forbidden illegal"),
    ("buy buys bought", "sell sells sold"), ("strengthen strengthened stronger", "weaken weakened weaker"),
    ("safe", "unsafe dangerous"), ("voluntary optional", "mandatory compulsory obligatory"),
    ("succeed succeeded success", "fail failed failure collapsed"),
    ("praise praised praises", "criticise criticised criticized"),
    ("majority", "minority"), ("maximum", "minimum"), ("morning", "evening", "afternoon", "night"),
    ("mother", "father"), ("son", "daughter"), ("brother", "sister"), ("husband", "wife"),
    ("attack attacked", "defend defended defends"), ("deploy deployed", "withdraw withdrew withdrawn"),
    ("before", "after"), ("more most", "less least fewer fewest"), ("first", "last"),
    ("best biggest largest highest longest", "worst smallest lowest shortest"),
    ("up", "down"), ("for", "against"), ("must", "may"), ("public publicly", "private privately"),
    ("import imports imported importing", "export exports exported exporting"), ("upper", "lower"),
    ("rich richer richest", "poor poorer poorest"), ("temporary temporarily", "permanent permanently"),
    ("male", "female"), ("men man", "women woman"), ("boys boy", "girls girl"), ("major", "minor"),
    ("high", "low"), ("early", "late"), ("young younger", "old older"),
    ("domestic", "foreign"), ("military", "civilian"),
    ("lend lends lent lending", "borrow borrows borrowed borrowing"), ("employer employers", "employee employees"),
    ("profit profits", "loss losses"), ("surplus", "deficit"), ("faster", "slower"),
    ("true", "false"), ("gold", "silver", "bronze"), ("eldest oldest", "youngest"),
    ("make makes made", "withdraw withdraws withdrew withdrawn"), ("called", "cancelled canceled"),
    ("hot hotter", "cold colder"), ("full", "empty"), ("ally allies", "enemy enemies"),
    ("hero heroes", "villain villains"),
    ("add adds added", "remove removes removed"), ("join joins joined", "quit quits"), ("entered", "exited"),
    ("encourage encouraged", "discourage discouraged"), ("love loved", "hate hated"), ("present", "absent"),
    ("day", "night"), ("summer", "winter"), ("asset assets", "liability liabilities"),
    ("buyer buyers", "seller sellers"),
    ("accelerate accelerated", "slow slowed"), ("expand expanded", "contract contracted"), ("minimum", "maximum"),
    ("freed released", "jailed imprisoned detained arrested"), ("liberal", "conservative"), ("victim", "suspect"),
]  # fmt: skip
# These turn round only the word they stand before.
_LEANING = frozenset(
    listed(
        "before after more most less least fewer fewest first last morning evening afternoon night for against up"
        " down must may high low early late day young old full present true false contract slow men women upper lower"
        " east eastern eastward west western westward north northern northward south southern southward"
    )
)
_SIDES: dict[str, list[tuple[int, int]]] = {}
for _group, _sides in enumerate(_OPPOSITES):
    for _side, _words in enumerate(_sides):
        for _word in _words.split():
            _SIDES.setdefault(_word, []).append((_group, _side))
_NEAR = 3
_PREFIXED = re.compile(r"(un|in|im|il|ir|non|anti|dis|mis|pro)(\w{4,})", re.IGNORECASE)
_HYPHENATED = re.compile(r"\b(non|anti|pro|ex|un|mis|pre|post|counter)-$", re.IGNORECASE)
_QUANTIFIER = re.compile(
    r"\b(?:(?P<all>all|every|each|entire)|(?P<most>(?:the\s)?majority\sof|most(?=\sof\b|\s[a-z]+s\b))"
    r"|(?P<many>many|numerous)|(?P<some>some(?!\s+\d)|several|a\sfew)|(?P<few>(?<!\ba\s)few|hardly\sany)|(?P<none>none\sof))\b",
    re.IGNORECASE,
)
# What each follows from: most is said of all, not all of most.
_IMPLY = {
    "all": ("all",), "most": ("all", "most"), "many": ("all", "most", "many"), "few": ("few",), "none": ("none",),
    "some": ("all", "most", "many", "some", "few"),
}  # fmt: skip
_FUTURE = re.compile(r"\b(?:will|shall|(?:is|are)\s(?:going|due|set|about)\sto|to\sbe)\s+(?:be\s)?(\w+)", re.IGNORECASE)


@dataclass(frozen=True)
class _Mark:
    """A "not" or a "may" with the content words that it governs."""

    text: str
    span: Span
    governed: tuple[Word, ...]


@dataclass(frozen=True)
class _Read:
    """A text read for one sort of mark: its content words, the marks, and how each stem stands.

    `states` tells for each stem whether it stands under a mark, for all places where it stands; two marks undo each
    other.
    """

    text: str
    content: Sequence[Word]
    marks: Sequence[_Mark]
    states: Mapping[str, set[bool]]

    @classmethod
    def of(cls, text: str, pattern: re.Pattern[str], content: Sequence[Word]) -> "_Read":
        """The text with its marks found."""
        marks = list(_marks(text, pattern, content))
        times = Counter(governed.span for mark in marks for governed in mark.governed)
        states: dict[str, set[bool]] = {}
        for word in content:
            states.setdefault(word.stem, set()).add(times[word.span] % 2 == 1)
        return cls(text, content, marks, states)

    def is_marked(self, words: Iterable[Word]) -> bool:
        """Whether one of the words stands under a mark here."""
        return any(True in self.states.get(word.stem, ()) for word in words)


def governing(text: str) -> list[Span]:
    """Where words stand that turn round or soften what follows them."""
    return [Span(*match.span()) for pattern in (_NEGATION, _HEDGE) for match in pattern.finditer(text)]


def check(claim: str, source: Source, *, where: str) -> list[Fault]:
    """Faults for a lost or added "not", a dropped hedge, and a word turned into its opposite."""
    said, told = content_words(claim), content_words(source.text)
    if not _same_matter(said, told):
        return []
    ours, theirs = _Read.of(claim, _NEGATION, said), _Read.of(source.text, _NEGATION, told)
    return [
        *_negations(ours, theirs, where),
        *_hedges(claim, source.text, said, told, where),
        *_opposites(ours, theirs, where),
        *_prefixes(ours, theirs, where),
        *_quantifiers(claim, source.text, where),
        *_tenses(claim, source.text, where),
    ]


def _same_matter(said: Sequence[Word], told: Sequence[Word], least: float = _SAME_MATTER) -> bool:
    wanted, there = {word.stem for word in said}, {word.stem for word in told}
    return bool(wanted) and len(wanted & there) >= least * len(wanted)


def _marks(text: str, pattern: re.Pattern[str], content: Sequence[Word]) -> Iterator[_Mark]:
    for match in pattern.finditer(text):
        if match[0] == "May":  # the month, a name, or a question
            continue
        yield _Mark(match[0], Span(*match.span()), tuple(_governed(text, match.end(), content)))


def _governed(text: str, end: int, content: Sequence[Word]) -> Iterator[Word]:
    """The next content words of the clause; a name only right after the mark."""
    first = bisect_left(content, end, key=lambda word: word.span.start)
    for word in content[first : first + _REACH]:
        between = text[end : word.span.start]
        if _CLAUSE_END.search(between):
            return
        if not word.text[:1].isupper() or not between.split():
            yield word


def _negations(ours: _Read, theirs: _Read, where: str) -> list[Fault]:
    if lost := _unanswered(theirs, ours):
        mark, word, own = lost
        told_so = f"{sentence_case(where)} {agree(where, 'say')} “{_phrase(theirs.text, mark, word)}”"
        return [Fault("wrong", f"{told_so}; the claim leaves out “{mark.text}”.", own.span, mark.span)]
    if added := _unanswered(ours, theirs):
        mark, word, other = added
        told_so = f"The claim says “{_phrase(ours.text, mark, word)}”"
        return [Fault("wrong", f"{told_so}; “{mark.text}” is not in {where}.", mark.span, other.span)]
    return []


def _hedges(claim: str, text: str, said: list[Word], told: list[Word], where: str) -> list[Fault]:
    if _SOFT.search(claim) or not _same_matter(said, told, least=_SAME_STATEMENT):
        return []
    lost = _unanswered(_Read.of(text, _HEDGE, told), _Read.of(claim, _HEDGE, said))
    if not lost:
        return []
    mark, word, own = lost
    told_so = f"{sentence_case(where)} {agree(where, 'say')} “{_phrase(text, mark, word)}”"
    return [Fault("stronger", f"{told_so}; the claim says it without “{mark.text}”.", own.span, mark.span)]


def _unanswered(marked: _Read, plain: _Read) -> tuple[_Mark, Word, Word] | None:
    """A mark whose words stand on the other side without one: the mark, its word and that word on the other side.

    A mark on the other side that governs other words may say the same in another way, so then nothing is found.
    """
    if any(not marked.is_marked(mark.governed) for mark in plain.marks):
        return None
    for mark in marked.marks:
        if plain.is_marked(mark.governed):
            continue
        for word in mark.governed:
            if plain.states.get(word.stem) == {False} and marked.states[word.stem] == {True}:
                return mark, word, next(each for each in plain.content if each.stem == word.stem)
    return None


def _phrase(text: str, mark: _Mark, word: Word) -> str:
    return " ".join(text[mark.span.start : word.span.end].split())


def _opposites(ours: _Read, theirs: _Read, where: str) -> list[Fault]:
    claimed, told = _sided(ours.text), _sided(theirs.text)
    own = _sides_of(claimed)
    for word in claimed:
        sides, leans = _sides_of([word]), word.text.lower() in _LEANING
        groups = {group for group, _ in sides}
        alike = [other for other in told if sides & _sides_of([other])]
        if any(not leans or _of_the_same(word, ours, other, theirs) for other in alike) or _is_negated(
            word, ours, theirs
        ):
            continue
        for other in told:
            turned = {side for side in _sides_of([other]) if side[0] in groups} - sides
            if not turned or (turned & own and not leans) or _is_negated(other, ours, theirs):
                continue
            if _of_the_same(word, ours, other, theirs):
                reason = f"{sentence_case(where)} {agree(where, 'say')} “{other.text}”, not “{word.text}”."
                return [Fault("wrong", reason, word.span, other.span)]
    return []


def _prefixes(ours: _Read, theirs: _Read, where: str) -> list[Fault]:
    """A word that one side has with a prefix such as "un" or "anti" and the other without."""
    here, there = _rooted(ours, theirs), _rooted(theirs, ours)
    for root, (prefix, word) in here.items():
        other_prefix, other = there.get(root, (prefix, word))
        if prefix != other_prefix and not _is_negated(word, ours, theirs) and not _is_negated(other, ours, theirs):
            reason = (
                f"{sentence_case(where)} {agree(where, 'say')} “{_whole(theirs, other)}”, not “{_whole(ours, word)}”."
            )
            return [Fault("wrong", reason, word.span, other.span)]
    return []


def _rooted(read: _Read, opposite: _Read) -> dict[str, tuple[str, Word]]:
    """The words of a side by their roots, with the prefix that stands before; only words that are said once."""
    known = {word.stem for word in opposite.content}
    found: dict[str, tuple[str, Word]] = {}
    twice = set()
    for word in read.content:
        root, prefix = word.stem, ""
        if hyphenated := _HYPHENATED.search(read.text[max(0, word.span.start - 8) : word.span.start]):
            prefix = hyphenated[1].lower()
        elif root not in known and (match := _PREFIXED.match(word.text)) and stem(match[2]) in known:
            root, prefix = stem(match[2]), match[1].lower()
        if root in found and found[root][0] != prefix:
            twice.add(root)
        found.setdefault(root, (prefix, word))
    return {root: each for root, each in found.items() if root not in twice}


def _whole(read: _Read, word: Word) -> str:
    hyphenated = _HYPHENATED.search(read.text[max(0, word.span.start - 8) : word.span.start])
    return f"{hyphenated[0] if hyphenated else ''}{word.text}"


def _quantifiers(claim: str, text: str, where: str) -> list[Fault]:
    """A claim of all where the source speaks of most, or of residents where it speaks of few of them."""
    told = _quantified(text)
    unbound = {word.stem: word for word in content_words(text)}
    for noun, (rank, match) in _quantified(claim).items():
        if noun in told and told[noun][0] not in _IMPLY[rank]:
            reason = f"{sentence_case(where)} {agree(where, 'say')} “{told[noun][1][0]}”, not “{match[0]}”."
            return [Fault("wrong", reason, Span(*match.span()), Span(*told[noun][1].span()))]
        if noun in unbound and noun not in told and rank in ("all", "most", "few"):
            reason = f"“{sentence_case(match[0])}” is not in {where}."
            return [Fault("stronger", reason, Span(*match.span()), unbound[noun].span)]
    named = {word.stem: word for word in content_words(claim)}
    for noun, (rank, match) in told.items():
        if rank in ("few", "most") and noun in named and noun not in _quantified(claim):
            reason = f"The claim leaves out “{match[0]}”."
            return [Fault("stronger", reason, named[noun].span, Span(*match.span()))]
    return []


def _quantified(text: str) -> dict[str, tuple[str, "re.Match[str]"]]:
    """The nouns that a word such as "most" governs, with its rank."""
    content = content_words(text)
    found: dict[str, tuple[str, re.Match[str]]] = {}
    for match in _QUANTIFIER.finditer(text):
        first = bisect_left(content, match.end(), key=lambda word: word.span.start)
        for word in content[first : first + _REACH]:
            if not _CLAUSE_END.search(text[match.end() : word.span.start]):
                found.setdefault(word.stem, (str(match.lastgroup), match))
    return found


def _tenses(claim: str, text: str, where: str) -> list[Fault]:
    """What will be, told as what was."""
    if _FUTURE.search(claim):
        return []
    past = {word.stem: word for word in content_words(claim) if word.text.endswith("ed")}
    told = {word.stem for word in content_words(text) if word.text.endswith("ed")}
    for match in _FUTURE.finditer(text):
        own = past.get(stem(match[1]))
        if own and own.stem not in told:
            reason = f"{sentence_case(where)} {agree(where, 'say')} “{match[0]}”, not “{own.text}”."
            return [Fault("stronger", reason, own.span, Span(*match.span()))]
    return []


def _is_negated(word: Word, *reads: _Read) -> bool:
    """Whether a word stands under a "not" on either side: "did not rise" does not quarrel with "fell"."""
    return any(read.is_marked([word]) for read in reads)


def _sides_of(found: Sequence[Word]) -> set[tuple[int, int]]:
    return {side for word in found for side in _SIDES[word.text.lower()]}


def _sided(text: str) -> list[Word]:
    return [word for word in words(text) if word.text.lower() in _SIDES]


def _of_the_same(word: Word, ours: _Read, other: Word, theirs: _Read) -> bool:
    """Whether two opposite words stand in like company: the same next word, or a shared word near both."""
    if word.text.lower() in _LEANING:
        following = _following(word, ours)
        return following is not None and following == _following(other, theirs)
    return not _company(word, ours).isdisjoint(_company(other, theirs))


def _following(word: Word, read: _Read) -> str | None:
    return next((each.stem for each in _after(word, read)), None)


def _company(word: Word, read: _Read) -> set[str]:
    """The content words next to a word in its clause."""
    first = bisect_left(read.content, word.span.start, key=lambda each: each.span.start)
    before = read.content[max(0, first - _NEAR) : first]
    parted = [(each, read.text[each.span.end : word.span.start]) for each in before]
    parted += [(each, read.text[word.span.end : each.span.start]) for each in _after(word, read)]
    return {each.stem for each, between in parted if not _CLAUSE_END.search(between)}


def _after(word: Word, read: _Read) -> Sequence[Word]:
    first = bisect_left(read.content, word.span.end, key=lambda each: each.span.start)
    return read.content[first : first + _NEAR]
