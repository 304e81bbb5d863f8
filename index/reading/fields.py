"""From a record of fields to an Article: names, types and dates are checked here. Knows nothing of formats."""

from collections.abc import Mapping
from textwrap import shorten

from index.articles import Article, one_line
from index.errors import UnreadableArticle
from index.reading.dates import iso_date
from index.reading.files import Remarked

_KINDS = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
# Spellings of “there is none”.
_NOTHING = frozenset(("", "~", "null", "none"))
# Characters of a date that a message quotes.
_SHOWN = 40


def text_field(record: Mapping[str, object], *names: str) -> str | None:
    """The first of these fields that is there and not empty; a list of texts is joined by commas.

    Raises UnreadableArticle when it holds anything else.
    """
    for name in names:
        value = record.get(name)
        if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
            value = ", ".join(value)
        if value is not None and not isinstance(value, str):
            kind = _KINDS.get(type(value), "something else")
            raise UnreadableArticle(f"“{name}” is {kind}, not text. Put it in quotation marks or remove it.")
        if value is not None and value.strip().lower() not in _NOTHING:
            return value
    return None


def make_article(record: Mapping[str, object], *, title: str, text: str, origin: str | None) -> Article:
    """The article of a title, a text and what else the record says: source, author, date, link.

    Its origin is its link, when there is one. A date that cannot be read counts as none, with a remark.
    """
    link, written = web_link(text_field(record, "url")), text_field(record, "published_at", "date")
    day = iso_date(written)
    article = Article.make(
        title=title,
        text=text,
        source=text_field(record, "source"),
        author=text_field(record, "author"),
        published_at=day,
        url=link,
        origin=link or origin,
    )
    if day or not written:
        return article
    return Remarked(**vars(article), remark=_not_understood(written))


def _not_understood(date: str) -> str:
    shown = shorten(one_line(date), _SHOWN, placeholder="…")
    return f"its date “{shown}” was not understood. Write it as YYYY-MM-DD."


def web_link(link: str | None) -> str | None:
    """The link if it leads to the web; others, such as javascript:, are not kept."""
    link = one_line(link or "")
    return link if link.lower().startswith(("http://", "https://")) and " " not in link else None
