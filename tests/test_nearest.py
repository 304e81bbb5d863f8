"""Which sentences of a text a claim most likely rests on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.nearest import COUNT, nearest
from index.words import stems

WORDS = st.frozensets(st.sampled_from("abcdefgh"), max_size=5)

CASES = [
    pytest.param("The ferry sank off Gull Head.", ["It rained.", "The ferry sank off Gull Head."], [1], id="same"),
    pytest.param("Katya Brun died.", ["The ferry sailed.", "The ferry sank.", "Katya Brun sailed."], [2], id="rare"),
    pytest.param("Nothing in common here.", ["The ferry sank.", "It rained."], [0], id="no word shared"),
    pytest.param("The ferry sank.", [], [], id="no sentence"),
    pytest.param("", ["The ferry sank."], [0], id="no claim"),
    pytest.param("The ferry sank.", ["The ferry sank.", "The ferry sank."], [0, 1], id="ties in order"),
]


@pytest.mark.parametrize(("claim", "sentences", "expected"), CASES)
def test_the_nearest_sentences_come_first(claim: str, sentences: list[str], expected: list[int]) -> None:
    assert nearest(stems(claim), [stems(each) for each in sentences]) == expected


@given(WORDS, st.lists(WORDS, max_size=8), st.integers(1, 5))
def test_there_are_no_more_than_asked_for_and_none_twice(
    claim: frozenset[str], sentences: list[frozenset[str]], count: int
) -> None:
    found = nearest(claim, sentences, count)
    assert len(found) == len(set(found)) <= count
    assert all(0 <= place < len(sentences) for place in found)
    assert bool(found) == bool(sentences)


def test_a_sentence_with_all_the_words_is_among_them() -> None:
    sentences = [frozenset({"sea", letter}) for letter in "abcdefgh"]
    assert nearest(frozenset({"sea", "h"}), sentences)[0] == len(sentences) - 1
    assert len(nearest(frozenset({"sea"}), sentences)) == COUNT
