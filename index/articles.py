"""What articles are made of: Article, Sentence, Chunk, Span. Knows nothing of files, storage or search."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from index.errors import UnreadableArticle

# Line ends of every kind become "\n"; U+0085, U+2028 and U+2029 end lines too.
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# The joiners U+200C and U+200D shape emoji and some scripts, so they stay between two non-ASCII characters.
_STRAY_JOINERS = re.compile(r"(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f\u200c\u200d])")
# Unicode's control, format and surrogate characters (Cc, Cf, Cs), but for tab, newline and the two joiners.
_DROPPED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u2064\u2066-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\U000110bd\U000110cd"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f]"
)
_ID_LENGTH = 32  # hex digits, 128 bits of the sha256: short enough to read, too long to collide


def canonical(text: str) -> str:
    """The text as we keep it: NFC, plain newlines, no control or zero-width characters, stripped.

    All offsets point into this form. Applying it twice changes nothing.
    """
    text = _LINE_ENDS.sub("\n", text)
    kept = _STRAY_JOINERS.sub("", _DROPPED.sub("", text))
    return unicodedata.normalize("NFC", kept).strip()


@dataclass(frozen=True, order=True)
class Span:
    """Code-point offsets [start, end) into an article's text."""

    start: int
    end: int


@dataclass(frozen=True)
class Article:
    """One article as recorded. Build it with `Article.make`, which canonicalises the text and derives the id.

    `text` holds the body without the title. `published_at` is an ISO date or date-time. `origin` is the
    link or the file the article came from: a later article of the same origin replaces this one.
    """

    id: str
    title: str
    text: str
    source: str | None = None
    author: str | None = None
    published_at: str | None = None
    url: str | None = None
    origin: str | None = None

    @classmethod
    def make(
        cls,
        *,
        title: str,
        text: str,
        source: str | None = None,
        author: str | None = None,
        published_at: str | None = None,
        url: str | None = None,
        origin: str | None = None,
    ) -> "Article":
        """An article with its canonical text and the id that follows from it.

        Raises UnreadableArticle when no text is left.
        """
        body = canonical(text)
        if not body:
            raise UnreadableArticle(f"“{title or origin or 'untitled'}” holds no text. Nothing was added.")
        return cls(
            id=article_id(body),
            title=one_line(title) or one_line(body)[:80],
            text=body,
            source=one_line(source or "") or None,
            author=one_line(author or "") or None,
            published_at=published_at,
            url=url,
            origin=origin or url,
        )


@dataclass(frozen=True)
class Sentence:
    """One sentence: `text[start:end]` of its article, trailing white space included.

    Sentences partition the text. `span` leaves the white space out; it is what citations point to.
    """

    number: int
    start: int
    end: int
    text: str

    @property
    def span(self) -> Span:
        """The offsets of the words alone, without white space at either end."""
        lead = len(self.text) - len(self.text.lstrip())
        return Span(self.start + lead, self.start + max(lead, len(self.text.rstrip())))

    @property
    def quote(self) -> str:
        """The words alone."""
        return self.text.strip()


@dataclass(frozen=True)
class Chunk:
    """A run of whole sentences, numbers [first, last), that fits the encoder together with its header."""

    number: int
    first: int
    last: int
    span: Span


def article_id(text: str) -> str:
    """The id of a canonical text: the first 32 hex digits of its sha256."""
    return hashlib.sha256(text.encode()).hexdigest()[:_ID_LENGTH]


def one_line(text: str) -> str:
    """Canonical text with all white space collapsed: for titles, names and header lines."""
    return " ".join(canonical(text).split())
