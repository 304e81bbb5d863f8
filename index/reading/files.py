"""What a reader gets and gives: a file's bytes in, articles or failures out. Knows no format and no disk."""

import codecs
from dataclasses import dataclass
from pathlib import PurePath

from index.articles import Article
from index.errors import UnreadableArticle


@dataclass(frozen=True)
class Failure:
    """Something that did not become an article, and in one line why and what to do."""

    origin: str
    reason: str


@dataclass(frozen=True)
class Remarked(Article):
    """An article of which something was not understood, and in one line what: it goes on "added, but"."""

    remark: str = ""


Outcome = Article | Failure


@dataclass(frozen=True)
class File:
    """The bytes of one file. `origin` is its absolute path; an upload has none."""

    name: str
    data: bytes
    origin: str | None = None

    @property
    def shown(self) -> str:
        """How messages name it."""
        return self.origin or self.name

    @property
    def stem(self) -> str:
        """Its name without folder and suffix."""
        return PurePath(self.name).stem


# Longest first: the mark of UTF-32 begins with that of UTF-16.
_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Bytes that no text in Windows-1252 holds; a file that has one is something else, such as a picture.
_CONTROL_BYTES = frozenset(range(0x20)) - frozenset(b"\t\n\r\x0c") | {0x7F}


def decode(data: bytes) -> str:
    """The text of these bytes: UTF-8, UTF-16 or UTF-32 by their marks, else Windows-1252 if it can be that.

    Raises UnreadableArticle when it is none of them.
    """
    marked = next((encoding for mark, encoding in _MARKED if data.startswith(mark)), None)
    try:
        text = data.decode(marked or "utf-8")
    except UnicodeDecodeError as error:
        if marked or not _CONTROL_BYTES.isdisjoint(data):
            raise _not_text() from error
        text = _decode_windows(data)
    if "\x00" in text:
        raise _not_text()
    return text


def _decode_windows(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise _not_text() from error


def _not_text() -> UnreadableArticle:
    return UnreadableArticle("It is not text in UTF-8 or another encoding we know. Save it as UTF-8 and add it again.")
