import time

import pytest

from index.articles import Article
from index.reading import Failure, read_bytes

FRONT = """---
title: "Rates: up again"
author: [Ann Lee, Bo Ray]
date: 31 October 2024
source: The Post
url: https://post.example/rates
---
"""


def read(text: str) -> Article:
    (outcome,) = read_bytes("0a1b2c3d.md", text.encode(), origin="/0a1b2c3d.md")
    assert isinstance(outcome, Article), outcome
    return outcome


def test_front_matter() -> None:
    assert read(FRONT + "\nWords.") == Article.make(
        title="Rates: up again", text="Words.", author="Ann Lee, Bo Ray", source="The Post", published_at="2024-10-31",
        url="https://post.example/rates", origin="https://post.example/rates",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("front", "title", "published_at"),
    [
        ("title: No\npublished_at: 2024-10-31", "No", "2024-10-31"),
        ("title: 1984\npublished_at: 2024-10-31T08:00:00Z", "1984", "2024-10-31T08:00:00+00:00"),
        ("title: null\ndate: 2024-13-45", "Heading", None),
        ("title:\ndate: soon", "Heading", None),
        ("", "Heading", None),
        ("# only a comment", "Heading", None),
        ("tags: {a: [b]}", "Heading", None),
    ],
    ids=["word", "number", "null", "empty value", "empty", "comment", "other fields"],
)
def test_front_matter_values_are_taken_as_written(front: str, title: str, published_at: str | None) -> None:
    article = read(f"---\n{front}\n---\n# Heading\nWords.")
    assert (article.title, article.published_at) == (title, published_at)
    assert article.text.endswith("Words.")


@pytest.mark.parametrize(
    "text",
    [
        "---\nWords between rules.\n---\nMore.",
        "---\nNo second rule: here\n\nMore.",
        "Words.\n---\ntitle: T\n---\nMore.",
    ],
    ids=["prose between rules", "never closed", "not at the top"],
)
def test_rules_that_are_no_front_matter(text: str) -> None:
    assert read(text).title != "T"
    assert read(text).text.endswith("More.")


@pytest.mark.parametrize(
    ("front", "reason"),
    [
        ("title: Rates: up", "Its front matter is not valid YAML in line 2: mapping values are not allowed here"),
        ("title: T\nauthor: [Ann", "Its front matter is not valid YAML in line"),
        ("- title", "Its front matter is not made of “name: value” lines"),
        ("title: {a: b}", "“title” is an object, not text"),
        ("title: !!python/object:os.system x", "Its front matter is not valid YAML in line 2"),
        ("title: " + "[" * 5000, "Its front matter is not valid YAML"),
        ("title: T\nx: " + "y" * 50_000, "Its front matter has 50,012 characters"),
    ],
    ids=["colon", "open list", "list", "object", "python", "deep", "long"],
)
def test_bad_front_matter_is_a_clear_failure(front: str, reason: str) -> None:
    (outcome,) = read_bytes("a.md", f"---\n{front}\n---\nWords.".encode())
    assert isinstance(outcome, Failure)
    assert outcome.reason.startswith(reason)


@pytest.mark.parametrize("rest", ["", "\nBody …", "\n\n# Heading\nBody …"], ids=["alone", "text", "heading"])
@pytest.mark.parametrize("first", ["title: No end", "Date: 2026-03-04"])
def test_front_matter_without_an_end_is_a_clear_failure(first: str, rest: str) -> None:
    (outcome,) = read_bytes("a.md", f"---\n{first}{rest}".encode())
    assert isinstance(outcome, Failure)
    assert outcome.reason == "Its front matter has no end. Put a line of three dashes, ---, below its last field."


@pytest.mark.parametrize(
    ("markdown", "title", "text"),
    [
        ("# A *fine* title #\n\nWords.", "A fine title", "Words."),
        ("A fine title\n===\n\nWords.", "A fine title", "Words."),
        ("Dek.\n\n# A title\n\nWords.", "A title", "Dek.\n\nWords."),
        ("## Only smaller\n\nWords.", "Only smaller", "Words."),
        ("A first line\n\nWords.", "A first line", "Words."),
        ("```\n# no heading\n```\nWords.", "# no heading", "Words."),
        ("---\ntitle: T\n---\n# T\nWords.", "T", "Words."),
        ("---\ntitle: T\n---\n# U\nWords.", "T", "U\n\nWords."),
    ],
    ids=["heading", "underlined", "not first", "level 2", "none", "in code", "same as front", "unlike front"],
)
def test_title(markdown: str, title: str, text: str) -> None:
    article = read(markdown)
    assert (article.title, article.text) == (title, text)


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("One *a* _b_ **c** __d__ ***e*** ~~f~~ `g`.", "One a b c d e f g."),
        ("**a *b* c** and *a **b** c*", "a b c and a b c"),
        ("snake_case_name, 2 * 3 * 4, **, _, `a*b*c`, \\*x\\*", "snake_case_name, 2 * 3 * 4, **, _, a*b*c, *x*"),
        ("A [link](https://x.example/a_(b) \"t\") and [another][1].\n\n[1]: https://y.example", "A link and another."),
        ("[Note]: the mayor spoke.", "[Note]: the mayor spoke."),
        ("“We [the U.S.] will (soon) act.”", "“We [the U.S.] will (soon) act.”"),
        ("See <https://x.example> ![a photo](p.png).", "See https://x.example a photo."),
        ("A claim.[^1]\n\n[^1]: The note.", "A claim.\n\nThe note."),
        ("Two lines\nof one *paragraph\nhere*.", "Two lines of one paragraph here."),
        ("A line break  \nhere\\\nand there.", "A line break\nhere\nand there."),
        ("- one\n  goes on\n* two\n+ [x] three\n1. four", "one goes on\ntwo\nthree\n1. four"),
        ("> Quoted\n> words.\n\nMore.", "Quoted words.\n\nMore."),
        ("One.\n\n***\n\nTwo.\n\n- - -\n\nThree.", "One.\n\nTwo.\n\nThree."),
        ("## Part #1\nWords.", "Part #1\n\nWords."),
        ("| a | b |\n|---|:-:|\n| 1 | 2 |", "a | b\n1 | 2"),
        ("```py\nx = *y*\n\nz\n```\nWords.", "x = *y*\n\nz\n\nWords."),
        ("One <b>bold</b><br/> word, x < y &amp; z. <!-- hidden\n --> Two.", "One bold word, x < y & z.  Two."),
        ("One <!-- never closed", "One <!-- never closed"),
    ],
    ids=["emphasis", "emphasis within", "no emphasis", "links", "no definition", "brackets", "image", "footnote",
         "wrapped lines", "hard breaks", "lists", "quotation", "rules", "heading", "table", "code", "tags",
         "open comment"],
)  # fmt: skip
def test_marks_are_taken_off_and_words_stay(markdown: str, text: str) -> None:
    assert read("# Title\n\n" + markdown).text == text


@pytest.mark.parametrize(
    "part", ["<!--", "[", "![", "[a](", "*", "**a ", "_", "__a ", "`", "# ", "> ", "<a ", "| ", "\\", "---\n"]
)
def test_time_grows_with_length_whatever_the_marks(part: str) -> None:
    data = f"# T\n\nWords {part * (200_000 // len(part))} end.".encode()
    started = time.perf_counter()
    assert list(read_bytes("a.md", data))
    assert time.perf_counter() - started < 2
