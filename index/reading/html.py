"""Read web pages: the article in them, without navigation, comments and advertisements."""

import codecs
import re
from collections.abc import Iterator

from index.articles import Article, canonical, one_line
from index.errors import UnreadableArticle
from index.reading.fields import make_article
from index.reading.files import File, decode
from index.reading.titles import split_title

_NAMED_ENCODING = re.compile(rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?([\w\-]+)|encoding=[\"']([\w\-]+)", re.IGNORECASE)
# Where HTML says the encoding must be named.
_HEAD = 2048


def read(file: File) -> Iterator[Article]:
    """The one article of a web page."""
    import trafilatura  # takes a second to import
    from trafilatura.settings import Document

    page = trafilatura.bare_extraction(
        decode_page(file.data),
        include_comments=False,
        with_metadata=True,
        # A page without a stated date has none: a wrong one would mislead every question about dates.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if not isinstance(page, Document) or not page.text:
        raise UnreadableArticle("No article was found in the page. Save its text as .txt and add that.")
    title, text = _title_and_text(page.title or "", canonical(page.text), file.stem)
    record = {"source": page.sitename, "author": page.author, "date": page.date, "url": page.url}
    yield make_article(record, title=title, text=text, origin=file.origin)


def decode_page(data: bytes) -> str:
    """The text of a page in the encoding it names, else as any other file."""
    named = _NAMED_ENCODING.search(data[:_HEAD])
    if named and not data.startswith(codecs.BOM_UTF8):
        try:
            return data.decode((named[1] or named[2]).decode())
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


def _title_and_text(title: str, text: str, stem: str) -> tuple[str, str]:
    """The text often begins with the title once more."""
    title = one_line(title)
    if not title:
        return split_title(text, stem)
    first, _, rest = text.partition("\n")
    return title, rest if rest.strip() and one_line(first) == title else text
