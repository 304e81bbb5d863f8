"""Take a model's reply apart into plain sentences and the keys they cite. Pure; knows nothing of models or articles.

A marker belongs to the sentence it follows: “… fell [K41]. …” and “… fell. [K41] …” mean the same. In a line that
opens with a marker, as in “[K41] Prices fell. [K42] …”, markers belong to the sentence they precede. Markup goes,
its visible words stay; no word is ever added. Every decision hangs on the characters around it and never on how
the reply was cut into pieces, so a streamed reply and a whole one give the same sentences.

Keys of the kind that was shown are markers wherever they stand. Other short numbers in brackets, such as [1], are taken
for keys only before or after the words of a sentence; inside it, as in “[40] people died”, they are figures and stay.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from index import sentences
from index.articles import canonical

# A sentence that grows longer is cut: no reader wants it, and it bounds the work for hostile replies.
_LONGEST = 3_000
# So much of the text before a full stop is enough to tell whether it ends a sentence.
_TAIL = 400
# So much of the text after it is needed to tell: “… over?” Joe Biden asked. is one sentence.
_AHEAD = 40
# Longer quotations may be cut; as in index.sentences.
_LONGEST_QUOTATION = 300
_LONGEST_RANGE = 40

_OPEN, _CLOSE = r"\[［【〔", r"\]］】〕"
_BRACKET = (
    rf"\\?[{_OPEN}]{{1,3}}(?P<inner>[^{_OPEN}{_CLOSE}\n]{{0,200}})[{_CLOSE}]{{1,3}}(?:\((?P<url>[^()\n]{{0,1000}})\))?"
)
_TAG = r"<[A-Za-z/!?][^<>\n]{0,1000}>"
# Things that no sentence ends inside of.
_ATOM = re.compile(rf"(?P<tag>{_TAG})|{_BRACKET}")
# The same, broken off by the end of what has been received: more is needed to tell.
_ATOM_BEGUN = re.compile(
    rf"(?:\\?[{_OPEN}]{{1,3}}[^{_OPEN}{_CLOSE}\n]{{0,200}}(?:[{_CLOSE}]{{1,3}}(?:\([^()\n]{{0,1000}})?)?"
    rf"|\\|<(?:[A-Za-z/!?][^<>\n]{{0,1000}})?)\Z"
)
# Round brackets mark a source only around known keys, or around square brackets.
_ROUND = re.compile(r"\((?P<inner>[^()\n]{1,100})\)")
_ROUND_BEGUN = re.compile(r"\([^()\n]{0,100}\Z")
_UNCLOSED = re.compile(rf"[{_OPEN}]\s{{0,3}}(?P<inner>\w{{1,12}})(?![\w{_CLOSE}])")
# Where something may end or begin: a line, a sentence, an atom.
_EVENT = re.compile(rf"\n|[.!?…]{{1,20}}[\"'”’»)*_~`]{{0,20}}|\\?[{_OPEN}]|<")

_KEY = re.compile(r"([A-Za-z]{0,2})(\d{1,4})(?:-([A-Za-z]{0,2})(\d{1,4}))?")
_LABEL = re.compile(
    r"^(?:sources?|refs?|references?|citations?|cited|keys?|sentences?|numbers?|docs?|documents?|passages?|ids?|see|cf)\b"
    r"[\s.:=]*",
    re.I,
)
_DASH = re.compile(r"\s*(?:[-‐‑–—]|\bto\b)\s*")
_BETWEEN_KEYS = re.compile(r"(?:[\s,;/&|+]|\band\b)+")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")  # “[2,000]” is a number that an editor put in
_FIGURE = re.compile(r"(?<![^\W_])\d{3,}")  # so is “[2024]”: nobody is shown a hundred sentences
_CLOSING_STOP = re.compile(r"[.,;]+")

_LINE_PREFIX = re.compile(r"\s*(?:>\s?)*(?:#{1,6}\s+|[-*+•–]\s+|\d{1,3}[.)]\s+)?")
_LINE_PREFIX_BEGUN = re.compile(r"\s*(?:>\s?)*(?:#{1,6}|[-*+•–]|\d{1,3}[.)]?)?\s*\Z")
_FENCE = re.compile(r"^[ \t]*(?:`{3,}|~{3,})[^\s`]*[ \t]*$", re.MULTILINE)
_TAGS = re.compile(rf"(?:{_TAG})+")
_CODE = re.compile(r"`+")
_EMPHASIS = re.compile(r"(?<![\w*~])[*_~]+(?=[^\s*_~])|(?<=[^\s*_~])[*_~]+(?![\w*~])")
_IMAGE = re.compile(rf"!\[(?P<inner>[^{_OPEN}{_CLOSE}\n]{{0,200}})\]\([^()\n]{{0,1000}}\)")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_MARK = "\x00"  # stands where a marker was; canonical text cannot hold it
_MARKS_LISTED = re.compile(rf"{_MARK}(?:(?:[\s,;&]|\band\b)*{_MARK})+")
_MARKS_IN_ROUND = re.compile(rf"\([\s,;&]*{_MARK}[\s,;&{_MARK}]*\)")
_MARK_QUOTED = re.compile(rf"“{_MARK}”|‘{_MARK}’|(?<!\S)([\"']){_MARK}\1(?!\w)")
# What may stand between a number in brackets and the end, or the beginning, of a sentence's words.
_NUMBERS = rf"\\?[{_OPEN}]{{1,3}}[\d\s,;&–-]{{1,40}}[{_CLOSE}]{{1,3}}"
_NO_WORDS = re.compile(rf"(?:{_TAG}|{_NUMBERS}|[^\w{_MARK}]|_){{0,24}}+")
_TO_NEXT_WORD = re.compile(rf"(?:[^\w\n<{_OPEN}{_MARK}]|_){{0,24}}+")
_MARK_EMPHASISED = re.compile(rf"[*_~`]{{0,3}}{_MARK}[*_~`]{{0,3}}")
_STOP_TWICE = re.compile(rf"([.!?…][\"”’)]*)\s*{_MARK}[\s{_MARK}]*[.,;]+(?!\d)")
_MARKS = re.compile(rf"\s*{_MARK}[\s{_MARK}]*")
_CLOSING = re.compile(r"[.,;:!?…)”](?!\d)|\Z")
_TAG_START = re.compile(r"<+(?=[A-Za-z/!?])")


@dataclass(frozen=True)
class CitedText:
    """One sentence in plain text with the keys it cites; `unknown` are keys that were never shown to the model."""

    text: str
    keys: tuple[str, ...]
    unknown: tuple[str, ...]


def cite(reply: str, known: Collection[str]) -> tuple[CitedText, ...]:
    """The sentences of a whole reply."""
    stream = CitationStream(known)
    return (*stream.feed(reply), *stream.finish())


class CitationStream:
    """Takes a reply piece by piece and gives each sentence as soon as it and its markers are complete."""

    def __init__(self, known: Collection[str]) -> None:
        self._known = {key.casefold(): key for key in known}
        self._pending = ""  # received, not yet given
        self._seen = 0  # up to where `_pending` holds no cut
        self._skipped = 0  # up to where what follows a stop is markers and white space
        self._line_start = True  # whether `_pending` begins a line
        self._marker_first: bool | None = None  # whether this line opens with a marker, once that can be told
        self._carried = _Keys()  # keys that stood before any text

    def feed(self, piece: str) -> list[CitedText]:
        """The sentences that this piece completes."""
        given: list[CitedText] = []
        for start in range(0, len(piece), _LONGEST):
            self._pending += piece[start : start + _LONGEST]
            given += self._give(last=False)
        return given

    def finish(self) -> list[CitedText]:
        """The sentences that are left when the reply is over."""
        return list(self._give(last=True))

    def _give(self, *, last: bool) -> Iterator[CitedText]:
        while self._pending:
            window = self._pending[:_LONGEST]
            whole = last and len(window) == len(self._pending)
            cut = self._find_cut(window, whole)
            if cut is None:
                if len(window) < _LONGEST and not whole:
                    return
                cut = len(window) if whole else _forced_cut(window)
            raw, self._pending = self._pending[:cut], self._pending[cut:]
            self._seen = self._skipped = 0
            yield from self._sentence(raw)

    def _sentence(self, raw: str) -> Iterator[CitedText]:
        text, keys = _clean(raw, self._known, line_start=self._line_start)
        self._line_start = raw.endswith("\n")
        if self._line_start:
            self._marker_first = None
        keys = self._carried + keys
        self._carried = _Keys() if text else keys
        if text:
            yield CitedText(text, keys.known, keys.unknown)

    def _find_cut(self, window: str, whole: bool) -> int | None:
        """Where the first sentence of the window ends, if that can be told; `whole` says that nothing follows."""
        if self._marker_first is None:
            self._marker_first = self._opens_with_marker(window, whole)
            if self._marker_first is None:
                return None
        while event := _EVENT.search(window, self._seen):
            if event.end() == len(window) and not whole:
                return None
            if event[0][-1] in "[［【〔<":
                past = _after_atom(window, event.start(), whole)
                if past is None:
                    return None
            else:
                past = event.end()
                cut = self._cut_after(window, event.start() if event[0] == "\n" else past, whole)
                if cut != 0:
                    return cut
            self._seen = past
        self._seen = len(window)
        return None

    def _opens_with_marker(self, window: str, whole: bool) -> bool | None:
        prefix = _LINE_PREFIX.match(window)
        at = prefix.end() if prefix else 0
        if not whole and _LINE_PREFIX_BEGUN.match(window):
            return None
        past = self._after_marker(window, at, whole)
        return None if past is None else past > at

    def _cut_after(self, window: str, end: int, whole: bool) -> int | None:
        """The cut for a stop or line that ends at `end`: 0 when no sentence ends there, None to wait for more."""
        tail = self._skip_markers(window, max(end, self._skipped), whole)
        if tail is None or tail == len(window):
            return tail
        line_break = window.rfind("\n", end, tail)
        if line_break >= 0:
            return line_break + 1
        ahead, newline, _ = window[tail : tail + _AHEAD].partition("\n")
        if not whole and not newline and len(ahead) < _AHEAD:
            return None
        if tail == end or not self._ends_sentence(window[:end], ahead):
            return 0
        return end if self._marker_first else tail

    def _skip_markers(self, window: str, at: int, whole: bool) -> int | None:
        """The place of the next word, past white space, tags and markers; None when more is needed to tell."""
        while True:
            while at < len(window) and window[at].isspace():
                at += 1
            self._skipped = at
            if at == len(window):
                return at if whole else None
            tag = _TAGS.match(window, at)
            past = tag.end() if tag else self._after_marker(window, at, whole)
            if past is None or past == at:
                return past
            at = past

    def _after_marker(self, window: str, at: int, whole: bool) -> int | None:
        """Past the marker that begins here and the stop that closes it; `at` when there is none."""
        if not whole and (_ATOM_BEGUN.match(window, at) or _ROUND_BEGUN.match(window, at)):
            return None
        atom, round_ = _ATOM.match(window, at), _ROUND.match(window, at)
        keys = _keys_in(atom["inner"], self._known) if atom and atom["inner"] is not None else None
        if atom and keys:
            end = atom.end()
            if not keys.sure:
                word = _next_word(window, end)
                if word == len(window) and not whole:
                    return None
                if window[word : word + 1].islower():
                    return at
        elif round_ and _only_known(round_["inner"], self._known):
            end = round_.end()
        else:
            return at
        stop = _CLOSING_STOP.match(window, end)
        if not stop:
            return end
        if stop.end() == len(window):
            return stop.end() if whole else None
        return stop.end() if window[stop.end()].isspace() else end

    def _ends_sentence(self, before: str, ahead: str) -> bool:
        """Whether the sentence splitter parts the text before from the text ahead."""
        start = max(0, len(before) - _TAIL)
        text, _ = _clean(before[start:], self._known, line_start=self._line_start and not start)
        ahead, _ = _clean(ahead, self._known, line_start=False)
        if not ahead or not any(char.isalpha() for char in text):  # “1.” numbers what follows
            return False
        if _in_quotation(text):
            return False
        return any(part.start == len(text) + 1 for part in sentences.split(f"{text} {ahead}"))


@dataclass(frozen=True)
class _Keys:
    """Keys in order of appearance, each once; `sure` when they can be nothing else, such as a figure in brackets."""

    known: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    sure: bool = False

    def __add__(self, other: "_Keys") -> "_Keys":
        return _Keys(_once(self.known + other.known), _once(self.unknown + other.unknown), self.sure or other.sure)


def _once(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(keys))


def _forced_cut(window: str) -> int:
    space = window.rfind(" ", 1)
    return space if space > 0 else len(window)


def _after_atom(window: str, at: int, whole: bool) -> int | None:
    """Past the bracket or tag that begins here, or past its first character when it is none; None to wait."""
    if not whole and _ATOM_BEGUN.match(window, at):
        return None
    atom = _ATOM.match(window, at)
    return atom.end() if atom else at + 1


def _in_quotation(text: str) -> bool:
    """Whether a quotation is open at the end of the text: what it holds is one statement."""
    recent = text[-_LONGEST_QUOTATION:]
    return recent.rfind("“") > recent.rfind("”") or recent.count('"') % 2 == 1


def _keys_in(inner: str, known: dict[str, str]) -> _Keys | None:
    """The keys between brackets, or None when these are ordinary words.

    `known` maps case-folded keys to their own spelling.
    """
    inner = unicodedata.normalize("NFKC", canonical(inner))
    inner, dagger, _ = inner.partition("†")
    bare = inner.strip(" \t\\^#@*_`~\"'.:")
    plain = _LABEL.sub("", bare)
    if _THOUSANDS.fullmatch(plain):
        return None
    parts = [part for part in _BETWEEN_KEYS.split(_DASH.sub("-", plain)) if part]
    keys = _Keys(sure=bool(dagger) or plain != bare)
    for part in parts:
        found = _one_key(part, known)
        if found is None:
            return _Keys(unknown=(plain,), sure=True) if dagger and plain else None
        keys += found
    return keys if parts and (keys.sure or not _FIGURE.search(plain)) else None


def _one_key(part: str, known: dict[str, str]) -> _Keys | None:
    if part.casefold() in known:
        return _Keys(known=(known[part.casefold()],), sure=True)
    match = _KEY.fullmatch(part)
    if not match:
        return None
    letters, first, other_letters, last = match.groups()
    # The same letters before another number: no figure, but a key that the model made up.
    unknown = _Keys(unknown=(part,), sure=bool(letters) and letters.casefold() in _letters(known))
    if last is None:
        return unknown
    return _range(letters, int(first), other_letters or letters, int(last), known) or unknown


def _letters(known: Iterable[str]) -> set[str]:
    return {key.rstrip("0123456789") for key in known}


def _range(letters: str, first: int, other: str, last: int, known: dict[str, str]) -> _Keys | None:
    """The keys of a range, or None when it holds none that is known."""
    if letters.casefold() != other.casefold() or not first <= last <= first + _LONGEST_RANGE:
        return None
    spelled = [f"{letters}{number}" for number in range(first, last + 1)]
    found = tuple(known[key.casefold()] for key in spelled if key.casefold() in known)
    return _Keys(found, tuple(key for key in spelled if key.casefold() not in known), sure=True) if found else None


def _only_known(inner: str, known: dict[str, str]) -> bool:
    """Whether round brackets hold a marker: known keys alone, or sure markers in square brackets."""
    keys = _keys_in(re.sub(rf"[{_OPEN}{_CLOSE}\\]", " ", inner), known)
    if keys is None:
        return False
    return bool(keys.sure and re.search(rf"[{_OPEN}]", inner)) or bool(keys.known and not keys.unknown)


def _outside_words(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] stands before or after the words of a sentence, and so is no part of them."""
    rest = _NO_WORDS.match(text, end)
    if rest and rest.end() == len(text):
        return True
    lead = _NO_WORDS.match(text)
    return bool(lead and start < lead.end()) and not text[(word := _next_word(text, end)) : word + 1].islower()


def _next_word(text: str, at: int) -> int:
    """Where the next word, line, bracket or tag begins."""
    gap = _TO_NEXT_WORD.match(text, at)
    return gap.end() if gap else at


def _clean(raw: str, known: dict[str, str], *, line_start: bool) -> tuple[str, _Keys]:
    """The visible words of a raw sentence and its keys; no words, no text."""
    keys = _Keys()

    def mark(inner: str) -> str:
        nonlocal keys
        keys += _keys_in(inner, known) or _Keys()
        return _MARK

    def atom(match: re.Match[str]) -> str:
        if match["tag"]:
            return match[0]
        found = _keys_in(match["inner"], known)
        if found and (found.sure or _outside_words(match.string, *match.span())):
            return mark(match["inner"])
        return match[0] if match["url"] is None else _visible(match)

    def round_(match: re.Match[str]) -> str:
        return mark(match["inner"]) if _only_known(match["inner"], known) else match[0]

    def unclosed(match: re.Match[str]) -> str:
        return mark(match["inner"]) if match["inner"].casefold() in known else match[0]

    text = canonical(_CONTROLS.sub(" ", raw))  # a blank, because canonical text would join what stood around them
    if line_start:
        text = _FENCE.sub("", text)
        text = text[prefix.end() :] if (prefix := _LINE_PREFIX.match(text)) else text
    text = _IMAGE.sub(_visible, text)
    text = _ATOM.sub(atom, _ATOM.sub(atom, text))  # twice: brackets may stand inside a link
    text = _MARKS_LISTED.sub(_MARK, _UNCLOSED.sub(unclosed, _ROUND.sub(round_, text)))
    text = _MARK_QUOTED.sub(_MARK, _MARKS_IN_ROUND.sub(_MARK, _MARK_EMPHASISED.sub(_MARK, text)))
    text = _MARKS.sub(_close_gap, _STOP_TWICE.sub(r"\1" + _MARK, text))
    for markup in (_TAGS, _CODE, _EMPHASIS, _TAG_START):
        text = markup.sub(_remove, text)
    text = " ".join(text.replace("](", "] (").split())
    return (text if any(char.isalnum() for char in text) else ""), keys


def _close_gap(match: re.Match[str]) -> str:
    """Nothing before a closing stop or at either end, else a blank: removing a marker must not join two words."""
    if match.start() == 0 or _CLOSING.match(match.string, match.end()):
        return ""
    return " "


def _visible(match: re.Match[str]) -> str:
    """The words of a link or image, not joined to the words around it."""
    before, after = _around(match)
    return f"{' ' * before.isalnum()}{match['inner']}{' ' * after.isalnum()}"


def _remove(match: re.Match[str]) -> str:
    """Nothing, or a blank between two words."""
    before, after = _around(match)
    return " " if before.isalnum() and after.isalnum() else ""


def _around(match: re.Match[str]) -> tuple[str, str]:
    return match.string[match.start() - 1 : match.start()], match.string[match.end() : match.end() + 1]
