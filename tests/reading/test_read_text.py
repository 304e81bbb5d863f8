import pytest

from index.articles import Article
from index.reading import read_bytes


def read(text: str, name: str = "0a1b2c3d.txt") -> Article:
    (outcome,) = read_bytes(name, text.encode())
    assert isinstance(outcome, Article), outcome
    return outcome


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("A title\nWashington: Words.", "A title", "Washington: Words."),
        ("A title\r\n\r\n\r\nWords.", "A title", "Words."),
        ("Who won?\nNobody did.", "Who won?", "Nobody did."),
        ("“We won”\nThey did.", "“We won”", "They did."),
        ("One sentence.\nAnother.", "One sentence. Another.", "One sentence.\nAnother."),
        ("An “odd.”\nOthers agreed.", "An “odd.” Others agreed.", "An “odd.”\nOthers agreed."),
        ("The mayor said he would\nnot run.", "The mayor said he would not run.", "The mayor said he would\nnot run."),
        ("Only a title", "Only a title", "Only a title"),
        ("中文标题\n正文。", "中文标题", "正文。"),
    ],
    ids=["seed", "blank lines", "question", "quoted", "prose", "prose in quotes", "wrapped prose", "one line",
         "Chinese"],
)  # fmt: skip
def test_the_first_line_is_the_title_when_it_looks_like_one(text: str, title: str, body: str) -> None:
    article = read(text)
    assert (article.title, article.text) == (title, body)


def test_a_first_line_of_more_than_200_characters_is_no_title() -> None:
    text = "word " * 41 + "end\nMore words."
    assert read(text).text == text
    assert read(text).title == "word " * 14 + "word…"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("bridge_reopens-today.txt", "bridge reopens today"),
        ("000_eb5d6385e64a8b32.txt", "One sentence."),
        ("notes.txt", "One sentence."),
        ("folder name/a1.txt", "One sentence."),
    ],
)
def test_else_the_file_name_if_it_has_words_else_the_first_words(name: str, title: str) -> None:
    assert read("One sentence.", name).title == title
