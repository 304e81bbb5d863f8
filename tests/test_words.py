import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.words import content_words, coverage, stem, stems, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The U.S. sent 10,000 troops.", ["The", "U.S", "sent", "10,000", "troops"]),
        ("Russia’s army isn't small", ["Russia", "army", "isn't", "small"]),
        ("at 5.50 a.m. on 3-2", ["at", "5.50", "a.m", "on", "3", "2"]),
        ("Élodie’s café", ["Élodie", "café"]),
        ("", []),
    ],
)
def test_words_as_written(text: str, found: list[str]) -> None:
    assert [word.text for word in words(text)] == found


@given(st.text())
def test_words_stand_where_they_say(text: str) -> None:
    for word in words(text):
        assert text[word.span.start : word.span.end] == word.text


@pytest.mark.parametrize(
    ("one", "other"), [("Troops", "troop"), ("10,000", "10000"), ("U.S", "US"), ("deployed", "deployment")]
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_grammar_carries_no_matter() -> None:
    assert [word.text for word in content_words("How many of them are in the Kursk region?")] == ["Kursk", "region"]


def test_coverage_is_the_weighted_share() -> None:
    assert coverage(["ferri", "sink"], stems("The ferry left."), {"ferri": 3.0, "sink": 1.0}) == 0.75
    assert coverage([], stems("Anything"), {}) == 0.0
