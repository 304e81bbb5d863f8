"""From a record of fields to an Article: names, types and dates are checked here. Knows nothing of formats."""

from collections.abc import Mapping

from index.articles import Article, one_line
from index.errors import UnreadableArticle
from index.reading.dates import iso_date

_KINDS = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
# Spellings of “there is none”.
_NOTHING = frozenset(("", "~", "null", "none"))


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

    Its origin is its link, when there is one. A date that cannot be read counts as none.
    """
    link = web_link(text_field(record, "url"))
    return Article.make(
        title=title,
        text=text,
        source=text_field(record, "source"),
        author=text_field(record, "author"),
        published_at=iso_date(text_field(record, "published_at", "date")),
        url=link,
        origin=link or origin,
    )


def web_link(link: str | None) -> str | None:
    """The link if it leads to the web; others, such as javascript:, are not kept."""
    link = one_line(link or "")
    return link if link.lower().startswith(("http://", "https://")) and " " not in link else None
