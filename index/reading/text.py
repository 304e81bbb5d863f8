"""Read plain text: a title line when there is one, then the article."""

from collections.abc import Iterator

from index.articles import Article
from index.reading.files import File, decode
from index.reading.titles import split_title


def read(file: File) -> Iterator[Article]:
    """The one article of a .txt file."""
    title, text = split_title(decode(file.data), file.stem)
    yield Article.make(title=title, text=text, origin=file.origin)
