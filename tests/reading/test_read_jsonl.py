import json

import pytest

from index.articles import Article
from index.reading import Failure, Remarked, read_bytes


def read(*lines: object) -> list[Article | Failure]:
    data = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    return list(read_bytes("news.jsonl", data.encode(), origin="/news.jsonl"))


def test_all_fields() -> None:
    (article,) = read(
        {"title": "A title", "text": "Words.", "source": "The Post", "author": ["Ann", "Bo"],
         "published_at": "Oct. 31, 2024", "url": "https://post.example/a", "more": 1}
    )  # fmt: skip
    assert article == Article.make(
        title="A title", text="Words.", source="The Post", author="Ann, Bo", published_at="2024-10-31",
        url="https://post.example/a", origin="https://post.example/a",
    )  # fmt: skip


def test_body_stands_for_text_and_the_first_words_for_a_title() -> None:
    (article,) = read({"body": "Words are here.\nMore."})
    assert isinstance(article, Article)
    assert (article.title, article.text, article.origin) == ("Words are here. More.", "Words are here.\nMore.", None)


def test_a_date_that_is_none_and_a_link_that_leads_nowhere_are_left_out() -> None:
    (article,) = read({"text": "Words.", "published_at": "soon", "url": "javascript:alert(1)"})
    assert isinstance(article, Article)
    assert (article.published_at, article.url) == (None, None)


@pytest.mark.parametrize(
    ("written", "shown"),
    [("2026-13-45", "2026-13-45"), ("not a\ndate", "not a date"), ("3/4/2026", "3/4/2026"), ("so " * 40, "so so")],
    ids=["no such day", "no date", "either of two days", "long"],
)
def test_a_date_that_is_not_understood_is_told(written: str, shown: str) -> None:
    (article,) = read({"title": "T", "text": "Words.", "published_at": written})
    assert isinstance(article, Remarked)
    assert article.published_at is None
    assert article.remark.startswith(f"its date “{shown}")
    assert article.remark.endswith("” was not understood. Write it as YYYY-MM-DD.")
    assert len(article.remark) < 110


@pytest.mark.parametrize("written", ["2026-03-04", "", "none", None])
def test_a_date_that_is_understood_or_not_there_needs_no_remark(written: str | None) -> None:
    (article,) = read({"title": "T", "text": "Words.", "published_at": written})
    assert type(article) is Article


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{oops", "Line 2: not JSON"),
        ("[1]", "Line 2: not a JSON object"),
        ("[" * 100_000, "Line 2: not JSON"),
        ('{"text": ' + "1" * 5000 + "}", "Line 2: not JSON"),
        ({"title": "T"}, "Line 2: no “text” or “body”"),
        ({"text": "  "}, "Line 2: no “text” or “body”"),
        ({"text": "\u200b"}, "Line 2: “untitled” holds no text"),
        ({"text": 5}, "Line 2: “text” is a number, not text"),
        ({"text": "W.", "title": {"en": "T"}}, "Line 2: “title” is an object, not text"),
        ({"text": "W.", "author": [1]}, "Line 2: “author” is a list, not text"),
        ({"text": "W.", "published_at": 1730361600}, "Line 2: “published_at” is a number, not text"),
        ({"text": "W.", "source": True}, "Line 2: “source” is true or false, not text"),
    ],
    ids=["broken", "no object", "deep", "huge number", "no text", "white text", "invisible text", "number", "object",
         "list of numbers", "date as number", "true"],
)  # fmt: skip
def test_a_bad_line_is_named_and_the_rest_goes_on(line: object, reason: str) -> None:
    first, failure, last = read({"text": "One."}, line, "", {"text": "Two."})
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert isinstance(failure, Failure)
    assert failure.origin == "/news.jsonl"
    assert failure.reason.startswith(reason)
    assert "\n" not in failure.reason


def test_line_ends_of_every_kind() -> None:
    data = '{"text": "One\u2028line."}\r\n\r\n{"text": "Two \\ud800 halves."}\r\n'.encode()
    outcomes = list(read_bytes("news.jsonl", data))
    assert [outcome.text for outcome in outcomes if isinstance(outcome, Article)] == ["One\nline.", "Two  halves."]
