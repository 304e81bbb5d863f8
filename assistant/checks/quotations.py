"""Words in quotation marks must be the source's own words. Knows nothing of who said them."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from assistant.checks import Fault, Source, agree
from assistant.checks.names import SPEECH_VERBS
from index.articles import Span
from index.words import stem

# Quotations in single marks are bounded, for an apostrophe may be an opening mark that nothing closes.
# A straight mark opens no quotation before a digit ('90s) or before an ending that stands apart (it 's).
_QUOTED = re.compile(
    r"""
    “([^“”]+)”
  | "([^"]+)"
  | (?<!\w)‘([^‘’]{1,400}(?:’\w[^‘’]{0,400}){0,9})’(?!\w)
  | (?<![\w'])'(?=[^\W\d])(?!(?:s|re|ve|ll|d|m|t)\b)([^'"]{1,400}(?:'\w[^'"]{0,400}){0,9})'(?!\w)
    """,
    re.VERBOSE,
)
_PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "—": "-", "–": "-", "…": "...", "\u00a0": " "})
# What may stand at either end of a quotation without being part of it.
EDGES = " .,;:!?-'\""
# An ellipsis or a bracketed insertion marks words left out or put in; each part must stand by itself.
_LEFT_OUT = re.compile(r"\.\.\.|\[[^\]]*\]")
_BRACKETED_LETTER = re.compile(r"\[(\w)\](?=\w)")
_TOKEN = re.compile(r"\w+(?:'\w+)*")
# From this share of common words on, a quotation is an altered one rather than an invented one.
_ALTERED = 0.6
_SHOWN = 80
_SPEECH = frozenset(map(stem, SPEECH_VERBS))
_NESTED = re.compile("“[^”]*“")
# Shorter words have no capital in a title.
_SHORTEST_SPOKEN = 3


def quotations(text: str) -> list[tuple[str, Span]]:
    """What stands in quotation marks, with its place; marks left out. Single words count too."""
    found = []
    for match in _QUOTED.finditer(text):
        group = next(number for number in range(1, 5) if match[number] is not None)
        found.append((match[group], Span(*match.span(group))))
    return found


def unclosed(ahead: str, text: str) -> list[str]:
    """What stands in a quotation that the text does not hold whole, `ahead` being what its paragraph says before it.

    A quotation over several paragraphs opens in each and closes in the last.
    """
    found = []
    if _open_from(ahead) is not None:
        text, _, rest = text.partition("”" if "“" in ahead else '"')
        found.append(text)
        text = rest
    start = _open_from(text)
    return found if start is None else [*found, text[start:]]


def _open_from(paragraph: str) -> int | None:
    """Where the quotation begins that is open at the end of a paragraph; None when none is."""
    curly, straight = paragraph.rfind("“"), paragraph.rfind('"')
    if curly > paragraph.rfind("”"):
        return curly + 1
    return straight + 1 if paragraph.count('"') % 2 else None


def plain(text: str) -> str:
    """Words in comparable form: lower case, plain marks, single spaces."""
    return " ".join(text.translate(_PLAIN).lower().split())


def check(claim: str, source: Source, *, where: str) -> list[Fault]:
    """A fault for each quotation whose exact words the source does not have, or has as its own and quotes nobody."""
    own = _tokens(source.text)
    spoken = [_tokens(words) for words in _spoken(source)] if _speaks(claim) else [own]
    faults = []
    for quoted, span in quotations(claim):
        parts = [_tokens(part) for part in _LEFT_OUT.split(_BRACKETED_LETTER.sub(r"\1", plain(quoted)))]
        missing = next((part for part in parts if not _contains(own, part)), None)
        if missing:
            faults.append(_fault(quoted, missing, own, span, where))
        elif not all(_is_title(quoted) or any(_contains(words, part) for words in spoken) for part in parts):
            reason = (
                f"“{_shortened(quoted)}” is no quotation in {where}: the words stand there without quotation marks."
            )
            faults.append(Fault("stronger", reason, span))
    return faults


def _speaks(claim: str) -> bool:
    """Whether somebody is said to speak: elsewhere a claim may quote the article itself."""
    return any(stem(word) in _SPEECH for word in _TOKEN.findall(claim))


def _spoken(source: Source) -> list[str]:
    """What the source says in quotation marks, also in a quotation that begins or ends outside it or holds another."""
    text = source.text
    found = [words for words, _ in quotations(text)] + unclosed(source.ahead, text)
    return [*found, text[text.find("“") : text.rfind("”")]] if _NESTED.search(text) else found


def _is_title(quoted: str) -> bool:
    """Whether the words may be the name of a book or ship rather than speech: one word, or capitals throughout."""
    said = [word for word in quoted.split() if len(word) > _SHORTEST_SPOKEN]
    return len(quoted.split()) < 2 or all(word[:1].isupper() for word in said)


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(plain(text))


def _contains(words: Sequence[str], part: Sequence[str]) -> bool:
    return f" {' '.join(part)} " in f" {' '.join(words)} " if part else True


def _fault(quoted: str, missing: Sequence[str], own: Sequence[str], span: Span, where: str) -> Fault:
    shown = _shortened(quoted)
    change = _change(missing, own)
    if change is None:
        return Fault("absent", f"The quoted words “{shown}” are not in {where}.", span)
    theirs, ours = change
    if theirs and ours:
        difference = f"{where} {agree(where, 'say')} “{theirs}”, not “{ours}”"
    elif theirs:
        difference = f"“{theirs}” is left out"
    else:
        difference = f"“{ours}” is added"
    return Fault("wrong", f"The quoted words “{shown}” are not exact: {difference}.", span)


def _shortened(quoted: str) -> str:
    return quoted if len(quoted) <= _SHOWN else f"{quoted[: _SHOWN - 3]}…"


def _change(part: Sequence[str], own: Sequence[str]) -> tuple[str, str] | None:
    """The first words in which a quotation departs from the source, theirs and ours; None for an invented one."""
    matcher = SequenceMatcher(None, own, part, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    same = sum(block.size for block in blocks)
    if same < 2 or same < _ALTERED * len(part):
        return None
    first, last = blocks[0], blocks[-1]
    # An edge word of the quotation stands against the source word in the same place.
    low, high = max(0, first.a - first.b), last.a + last.size + len(part) - last.b - last.size
    if high - low > 2 * len(part):
        return None
    for tag, start, end, from_, to in SequenceMatcher(None, own[low:high], part, autojunk=False).get_opcodes():
        if tag != "equal":
            return " ".join(own[low:high][start:end]), " ".join(part[from_:to])
    return None
