"""Read JSON Lines: one article a line. A bad line is reported and the rest goes on."""

import json
from collections.abc import Iterator, Mapping

from index.articles import Article
from index.errors import UnreadableArticle
from index.reading.fields import make_article, text_field
from index.reading.files import Failure, File, Outcome, decode
from index.reading.titles import spare_title


def read(file: File) -> Iterator[Outcome]:
    """The articles of a .jsonl file, and a failure naming the line for each line that holds none."""
    # Not splitlines(): JSON strings may hold U+2028.
    for number, line in enumerate(decode(file.data).split("\n"), start=1):
        if line.strip():
            try:
                yield _article(_record(line))
            except UnreadableArticle as error:
                yield Failure(file.shown, f"Line {number}: {error}")


def _record(line: str) -> Mapping[str, object]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UnreadableArticle(f"not JSON ({error}). Each line must be one JSON object.") from error
    if not isinstance(record, dict):
        raise UnreadableArticle("not a JSON object. Each line must be {…} with “title” and “text”.")
    return record


def _article(record: Mapping[str, object]) -> Article:
    text = text_field(record, "text", "body")
    if text is None:
        raise UnreadableArticle("no “text” or “body”. Put the article's words there.")
    title = text_field(record, "title") or spare_title(text, stem="")
    return make_article(record, title=title, text=text, origin=None)
