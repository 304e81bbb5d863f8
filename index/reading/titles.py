"""Find the title of a text that does not name one. Knows plain text only."""

import re

from index.articles import canonical, one_line

_LONGEST = 200
# About what a list shows of a title.
_FIRST_WORDS = 80
_ENDS_LIKE_PROSE = re.compile(r"[.。,;:]['\"”’»)\]]*$")
_WORD = re.compile(r"[^\W\d_]{2,}")


def split_title(text: str, stem: str) -> tuple[str, str]:
    """The title and the text without it.

    The first line is the title when it looks like one: short, not ending like prose, with more text below it that
    does not continue it. Otherwise the file's name is, when it is made of words; otherwise the first words are.
    """
    first, _, rest = canonical(text).partition("\n")
    rest = rest.strip()
    looks_like_title = len(first) <= _LONGEST and not _ENDS_LIKE_PROSE.search(first.rstrip())
    if rest and looks_like_title and not rest[0].islower():
        return first, rest
    return spare_title(text, stem), text


def spare_title(text: str, stem: str) -> str:
    """A title from a file's name, or from the first words of the text."""
    words = re.split(r"[\s_\-]+", stem)
    if len([word for word in words if _WORD.fullmatch(word)]) >= 2:
        return " ".join(words)
    first = one_line(text.strip()[: 4 * _LONGEST])
    return first if len(first) <= _FIRST_WORDS else first[: _FIRST_WORDS - 1].rsplit(" ", 1)[0] + "…"
