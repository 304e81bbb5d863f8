import math

import pytest

from bench.bm25 import BM25

TEXTS = ["the ferry sank", "a ferry and a ferry", "the mill burned down on Monday"]


def test_scores_order_the_texts() -> None:
    assert BM25(TEXTS).rank("Ferry?", 10) == [1, 0]


def test_the_score_is_that_of_the_paper() -> None:
    # "mill" is in one of three texts, once; that text has 6 words and the mean is 14 / 3.
    weight = math.log(1 + 2.5 / 1.5)
    expected = weight * 2.5 / (1 + 1.5 * (0.25 + 0.75 * 6 / (14 / 3)))
    index = BM25(TEXTS)
    assert index.scores("mill")[2] == pytest.approx(expected)
    assert index.scores("mill mill")[2] == pytest.approx(2 * expected)


def test_only_so_many() -> None:
    assert len(BM25(TEXTS).rank("the ferry", 1)) == 1


@pytest.mark.parametrize("query", ["", "zeppelin"])
def test_no_word_in_common_finds_nothing(query: str) -> None:
    assert BM25(TEXTS).rank(query, 10) == []


def test_no_texts() -> None:
    assert BM25([]).rank("ferry", 10) == []
