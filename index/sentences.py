"""Split a canonical text into sentences, losing nothing. Knows characters; nothing of articles or models.

sentencex finds where sentences may start. It gets one line at a time, without the quotation marks and brackets,
which it would otherwise pair up wrongly when one is missing. Our rules then drop some of the starts it found and
add a few that it missed.

A quotation is part of the sentence that quotes it: “We won. You lost.” he said. is one sentence. So is a quotation
or a bracket of several sentences that stands alone, as long as it is short (`_KEPT_WHOLE`). A longer one is split
like other text, because nobody wants half a page as the source of one claim; who said it stays with its last sentence.
A text without full stops is cut between words (`_LONGEST`).
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise

import sentencex

from index.articles import Sentence, Span

# Characters between the marks. Three average news sentences: what a reader still takes in as one statement.
_KEPT_WHOLE = 300
# Characters of the longest sentence; those of news seldom have 500. Whatever reads one sentence takes little time.
_LONGEST = 1_500
# Characters given to sentencex at once: one line of 50,000 “[” took it seconds.
_PIECE = 20_000
# Characters a rule looks at on either side of a possible start.
_VIEW = 100

_PAIRS = {"“": "”", "„": "“”", "«": "»", "‹": "›", "「": "」", "『": "』", "‘": "’", "(": ")", "[": "]", "（": "）"}
_BRACKETS = "([（"
_STOPS = ".!?…。！？"
_CLOSERS = "”“»›」』’)]）\"'"
_MARKS = frozenset("".join(_PAIRS) + _CLOSERS)
_NOT_WORDS = "".join(_MARKS) + "¿¡"
_FOOTNOTE = re.compile(r"\[\d{1,3}\]")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
# As many whole words as are allowed, or as much of one word, and the white space behind.
_LONGEST_RUN = re.compile(rf"\S(?:.{{0,{_LONGEST - 1}}}(?<=\s)|.{{0,{_LONGEST - 1}}})\s*", re.DOTALL)
_EMOJI = re.compile(r"(?:[\u2600-\u27bf\ufe0f\u200d\U0001f000-\U0001faff]+\s*)+")


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Never the last word of a sentence: a name or a thing follows.
_TITLES = _words(
    "Mr Mrs Ms Mx Dr Prof Gen Lt Col Sgt Capt Cmdr Maj Adm Brig Cpl Pvt Sen Rep Gov Rev Hon Pres Supt Insp Det Msgr "
    "Univ Dept Assn Mt Ft vs v e.g i.e cf viz approx Sra EE M Mme Nr bzw"
)
# Not the last word when a number follows.
_NUMBERED = _words("No Nos p pp Fig Figs Vol Ch Sec Art Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec")
# The last word only when a word follows that opens a sentence.
_NAMES = _words(
    "U.S U.K U.N E.U D.C L.A N.Y U.A.E St Ave Blvd Rd Jr Sr Ph.D M.D B.A M.A Bros etc al "
    "Ala Ariz Ark Calif Colo Conn Fla Ga Ill Ind Kan Ky Md Mass Mich Minn Mont Neb Nev Okla Ore Pa Tenn Tex "
    "Va Vt Wash Wis Wyo"
)
_COMPANIES = _words("Inc Corp Co Ltd LLC Plc")
_HOURS = frozenset(("a.m", "p.m"))
_ABBREVIATIONS = _TITLES | _NUMBERED | _NAMES | _COMPANIES | _HOURS | {"UU"}

_OPENING_WORD = re.compile(
    r"(?:The|An?|He|She|It|They|We|I|You|This|That|These|Those|But|And|Or|So|In|On|At|For|From|With|As|If|When|While"
    r"|After|Before|Since|Although|Though|However|Then|There|Here|Now|Not|Nobody|Nothing|None|Some|Many|Most|Few"
    r"|Several|Both|Its|His|Her|Their|Our|My|Your|What|Who|Why|How|Where|By|To|Of|Meanwhile|Still|Also|Once|Even"
    r"|Until|Despite|According|Because|During|Such|Yet|One|Another|Each|Every|Officials|Police)\b(?![.\-])"
)
_ROLE = re.compile(r"(?:Chief|President|CEO|CFO|Chair|Vice|Executive|Founder|Co-|Director|Class|Series)")
_NEW_SUBJECT = re.compile(r"[A-Z][\w’'-]*\s+[a-z]")
_TIME_WORD = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)(?:day|\.)|Eastern|Central|Mountain|Pacific|Greenwich|(?:[ECMP][SD]?T|GMT|UTC|BST|CES?T|IST|JST|AES?T|MSK)\b"
    r"|(?:Jan|Feb|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec)"
)
_MONTH_OR_CLUB = re.compile(
    r"Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Jahrhundert|FC\b|FSV\b"
)
_ATTRIBUTION = re.compile(
    r"(?!(?:Nobody|None|No|But|And|Then|When|Many|Some|Most)\b)(?:[A-Z][\w.’'-]*\s+){1,5}"
    r"(?:said|asked|says|asks|added|wrote|told|shouted|cried|replied|wondered|yelled|tweeted)\b(?=\s*[.,;:—]|\s+(?:on|in|at|during|after|before|when|as|to|reporters|him|her|them)\b|\s*$)"
)
_SHOUTED_NAME = re.compile(r"(?:Yahoo|Jeopardy|Oklahoma|Mamma Mia|Hamburger Helper)!$")
_SMALL_FIRST_LETTER = re.compile(r"[a-z]{1,2}[A-Z]|al-[A-Z]")
_LIST_MARKER = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivx]{1,5})[.)]\s*$")
_LAST_WORD = re.compile(r"((?:[^\W\d_]{1,2}\.)*[^\W\d_]+)\.$")
_ORDINAL = re.compile(r"(?<!\d)\d{1,2}\.$")
# —N. Carpenter: initials that sign what stands before.
_SIGNED = re.compile(r"[—–]\s?(?:[A-Z]\.\s?)+$")
_ROMAN = re.compile(r"\b[IVXLC]+\.$")

# Places where sentencex sees no start, though there may be one.
_MISSED = re.compile(
    r"(?:\b(?:U\.[SK]|[UE]\.[NU]|D\.C|[ap]\.m|Inc|Corp|Co|Ltd|LLC|St|Ave|Jr|Sr|Ph\.D|M\.D|etc|Bros)\."
    r"|\b(?:[Vv]itamin|[Pp]lan|[Gg]rade|[Hh]epatitis|[Tt]ype|[Oo]ption|[Cc]lass) [A-Z]\.)"
    r"[”’»)\]\"']*\s+"
)


def split(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text, which partition it: joining their texts gives the text back.

    White space belongs to the sentence before it, at the very start to the first. Without it, a sentence never
    runs over a line end, never has more than 1,500 characters, and is never empty, unless the whole text is white
    space. The time taken grows in proportion to the length, whatever the text.
    """
    if not text:
        return ()
    starts = [0, *list(_starts(text))[1:]]
    bounds = zip(starts, [*starts[1:], len(text)], strict=True)
    return tuple(Sentence(number, start, end, text[start:end]) for number, (start, end) in enumerate(bounds))


def _starts(text: str) -> Iterator[int]:
    for line in _LINE.finditer(text):
        indent = len(line[0]) - len(line[0].lstrip())
        if indent < len(line[0]):
            offset = line.start() + indent
            yield from (offset + start for start in _within_limit(line[0].strip()))


def _within_limit(line: str) -> Iterator[int]:
    """The starts in a line, and more of them where a sentence would be too long."""
    starts = _starts_in_line(line)
    for start, end in pairwise([*starts, len(line)]):
        yield start
        while end - start > _LONGEST and (start := _longest_run(line, start, end)) < end:
            yield start


def _longest_run(line: str, start: int, end: int) -> int:
    run = _LONGEST_RUN.match(line, start, end)
    return run.end() if run else end


def _starts_in_line(line: str) -> list[int]:
    groups = _Groups(line)
    starts, looked_at, words = [0], 0, False
    for start in sorted({start for start in _candidates(line, groups) if not groups.hold(start)}):
        words = words or _has_word(line[looked_at:start])
        looked_at = start
        if words and _is_start(line, starts[-1], start, groups):
            starts.append(start)
            words = False
    if len(starts) > 1 and not _has_word(line[starts[-1] :]):
        starts.pop()
    return starts


def _has_word(part: str) -> bool:
    return any(map(str.isalnum, part))


# Quotations and brackets


class _Groups:
    """The quotations and brackets of a line: which places open one, and which lie inside one."""

    def __init__(self, line: str) -> None:
        self.spans = _outermost(_pairs(line))
        self._opened = [span.start for span in self.spans]
        self._closed = {
            span.end: span.start
            for span in self.spans
            if line[span.start] in _BRACKETS and line[span.end - 1] in _STOPS
        }

    def hold(self, place: int) -> bool:
        """Whether the place lies inside a quotation or bracket that is short enough to be kept whole."""
        nearest = bisect_right(self._opened, place - 1) - 1
        return nearest >= 0 and place <= self.spans[nearest].end

    def bracket_closed_at(self, place: int) -> int | None:
        """Where the bracket opened that closes at this place, right after a stop inside it."""
        return self._closed.get(place)


def _pairs(line: str) -> Iterator[Span]:
    """Places of matching marks at most `_KEPT_WHOLE` apart. A mark without its match counts for nothing."""
    opened: dict[str, int] = {}
    for place, char in enumerate(line):
        if char not in _MARKS:
            continue
        if _opens(line, place):
            opened[char] = place
            continue
        opener = _opener_of(line, place, opened)
        if opener is not None:
            start = opened.pop(opener)
            if place - start <= _KEPT_WHOLE:
                yield Span(start, place)


def _opens(line: str, place: int) -> bool:
    char = line[place]
    if char in "\"'":
        before, after = line[place - 1 : place], line[place + 1 : place + 2]
        return (not before or before.isspace() or before in "([—–-/“‘\"'") and (char == '"' or after.isalpha())
    # „Deutsch“ closes with the mark that opens “English”: it opens where a word follows a space.
    if char == "“":
        return place == 0 or not (line[place - 1].isalnum() or line[place - 1] in ".!?…,")
    return char in _PAIRS


def _opener_of(line: str, place: int, opened: dict[str, int]) -> str | None:
    char = line[place]
    if char in "'’" and line[place - 1 : place] not in set(".,!?…"):
        return None  # an apostrophe: a quotation of whole sentences ends in punctuation
    if char in "\"'":
        return char if char in opened else None
    return next((opener for opener in opened if char in _PAIRS.get(opener, "")), None)


def _outermost(spans: Iterable[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not kept or span.start > kept[-1].end:
            kept.append(span)
    return kept


# Where sentences may start


def _candidates(line: str, groups: _Groups) -> Iterator[int]:
    for start in _sentencex_starts(line):
        yield _to_first_character(line, start)
    for missed in _MISSED.finditer(line):
        yield missed.end()
    for span in groups.spans:
        # The stop before a closing mark may be followed by another sentence: “It is over.” Smith left.
        after = _to_first_character(line, span.end + 1)
        if after > span.end + 1 and line[span.end - 1] in _STOPS:
            yield after


def _to_first_character(line: str, start: int) -> int:
    """From where sentencex starts, over white space and emoji, then back over opening marks."""
    while start < len(line) and (line[start].isspace() or (line[start] in _CLOSERS and not _opens(line, start))):
        start += 1
    emoji = _EMOJI.match(line, start)
    start = emoji.end() if emoji else start
    while start > 0 and line[start - 1] in _NOT_WORDS and (line[start - 1] in "¿¡" or _opens(line, start - 1)):
        start -= 1
    return start


def _sentencex_starts(line: str) -> Iterator[int]:
    """Offsets where sentencex starts a sentence once quotation marks and brackets are left out."""
    kept_places = _without_marks(line)
    bare = "".join(_plain(line, place) for place in kept_places)
    begin = 0
    while begin < len(bare):
        piece = bare[begin : begin + _PIECE]
        starts = [boundary["start_index"] for boundary in sentencex.get_sentence_boundaries("en", piece)]
        yield from (kept_places[begin + start] for start in starts if start)
        # The last sentence of a full piece may go on, so the next piece begins with it, unless that is too far back.
        begin += starts[-1] if len(piece) == _PIECE and starts[-1] > _PIECE // 2 else len(piece)


def _without_marks(line: str) -> list[int]:
    footnotes = {place for match in _FOOTNOTE.finditer(line) for place in (match.start(), match.end() - 1)}
    return [place for place, char in enumerate(line) if char not in _MARKS or place in footnotes]


def _plain(line: str, place: int) -> str:
    """The character as sentencex should see it."""
    char = line[place]
    if char == "…" and line[place - 1 : place].isalnum():
        return "."
    return "x" if "\ud800" <= char <= "\udfff" else char


# Whether a sentence does start there


def _is_start(line: str, previous: int, start: int, groups: _Groups) -> bool:
    view = max(previous, start - _VIEW)
    before, after = line[view:start].rstrip(), line[start : start + _VIEW]
    bare_before, bare_after = before.rstrip(_CLOSERS), after.lstrip(_NOT_WORDS)
    opened = groups.bracket_closed_at(view + len(before) - 1)
    if opened is not None and opened > previous:
        return False  # the bracket stands inside a sentence, which goes on
    if previous == 0 and _LIST_MARKER.match(line, 0, start):
        return False
    if _goes_on(before, bare_before, bare_after) or _names_the_speaker(before, bare_before, after):
        return False
    if _SHOUTED_NAME.search(before) and not _OPENING_WORD.match(bare_after):
        return False
    return _allowed_by_last_word(bare_before, bare_after)


def _goes_on(before: str, bare_before: str, bare_after: str) -> bool:
    """Whether a small letter shows that the sentence goes on after a quotation, a question or dots."""
    if before.endswith(("」", "』")):
        return bare_after.startswith(("と", "っ"))
    if not bare_after[:1].islower() or _SMALL_FIRST_LETTER.match(bare_after):
        return False
    return before != bare_before or bare_before.endswith(("!", "?", "…", "..")) or bool(_ROMAN.search(before))


def _names_the_speaker(before: str, bare_before: str, after: str) -> bool:
    """“Is it over?” Biden asked. — and the dash before a name or after a dateline."""
    if after.startswith(("—", "–")):
        return True
    return before != bare_before and bare_before.endswith(("!", "?")) and bool(_ATTRIBUTION.match(after))


def _allowed_by_last_word(before: str, after: str) -> bool:
    if _ORDINAL.search(before):
        return not _MONTH_OR_CLUB.match(after)
    if _SIGNED.search(before):
        return False
    last = _LAST_WORD.search(before)
    if not last:
        return True
    word, opens = last[1], bool(_OPENING_WORD.match(after))
    if word in _TITLES or (word in _ABBREVIATIONS and after[:1].islower()):
        return False
    if word in _NUMBERED:
        return not after[:1].isdigit()
    if word in _NAMES:
        return opens
    if word in _COMPANIES:
        return opens or (bool(_NEW_SUBJECT.match(after)) and not _ROLE.match(after))
    if word in _HOURS:
        return opens or not _TIME_WORD.match(after)
    return True
