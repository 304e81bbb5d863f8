"""What a question asks, and of whom."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.facets import Inquiry, understand

OUTLETS = (
    "The Harbour Post", "Norr | Business and Markets", "Norr News - Sports", "Norr News - Health", "Wired",
    "www.coastwatch.com", "tide.co.uk", "The Age", "404 Radio", "iPost", "X",
)  # fmt: skip
TODAY = date(2026, 3, 12)


def asked(question: str) -> Inquiry:
    return understand(question, OUTLETS, today=TODAY, newest=TODAY)


def parts(inquiry: Inquiry) -> list[tuple[str, set[str]]]:
    return [(inquiry.question[each.span.start : each.span.end], set(each.sources)) for each in inquiry.facets]


def test_each_outlet_has_its_own_part_of_the_question() -> None:
    inquiry = asked("Did Wired report that the ferry sank, while The Harbour Post blamed the port?")
    assert parts(inquiry) == [
        ("Did Wired report that the ferry sank, ", {"Wired"}),
        ("while The Harbour Post blamed the port?", {"The Harbour Post"}),
    ]


@pytest.mark.parametrize(
    ("name", "outlets"),
    [
        ("The Harbour Post", {"The Harbour Post"}),
        ("Harbour Post", {"The Harbour Post"}),
        ("the Harbour Post", {"The Harbour Post"}),
        ("the harbour post", set()),
        ("NORR", {"Norr | Business and Markets"}),
        ("Norr News", {"Norr News - Sports", "Norr News - Health"}),
        ("Norr News - Health", {"Norr News - Health"}),
        ("Coastwatch", {"www.coastwatch.com"}),
        ("wired", set()),
        ("The Age", {"The Age"}),
        ("Age", set()),
        ("Wiredly", set()),
        ("Tide", {"tide.co.uk"}),
        ("Ford Motor Co", set()),
        ("404 Radio", {"404 Radio"}),
        ("iPost", {"iPost"}),
        ("X", set()),
    ],
)
def test_an_outlet_goes_by_several_names(name: str, outlets: set[str]) -> None:
    inquiry = asked(f"What did {name} say of the dam?")
    assert set().union(*(each.sources for each in inquiry.facets)) == outlets


def test_a_word_that_opens_the_question_is_no_outlet() -> None:
    assert parts(asked("Wired headphones are banned by whom?"))[0][1] == set()


def test_periods_go_with_their_part() -> None:
    inquiry = asked("Did Wired on March 4, 2026 say what The Age said on March 6, 2026?")
    assert [[period.first for period in each.periods] for each in inquiry.facets] == [["2026-03-04"], ["2026-03-06"]]


def test_the_matter_has_blanks_for_outlets_and_periods() -> None:
    question = "Did Wired report a strike on March 4, 2026?"
    assert asked(question).matter == "Did       report a strike on              ?"


def test_clauses_are_long_enough_to_look_for() -> None:
    inquiry = asked("Who raised the harbour fund money, and which minister signed the ferry contract?")
    assert [inquiry.question[span.start : span.end] for span in inquiry.clauses] == [
        "Who raised the harbour fund money, ",
        "and which minister signed the ferry contract?",
    ]


def test_a_part_that_says_nothing_is_not_looked_for() -> None:
    inquiry = asked("Who raised the harbour fund and sank the ferry, according to Wired and The Age?")
    assert [inquiry.asks(each.span) for each in inquiry.facets] == [True, False]


@given(st.lists(st.sampled_from(["Wired", "The Age", "ferry", "sank", ", ", " and ", "March 4, 2026", " ", "ü", "?"])))
def test_facets_and_clauses_partition_the_question(words: list[str]) -> None:
    question = "".join(words)
    inquiry = asked(question)
    assert len(inquiry.matter) == len(question)
    for spans in ([each.span for each in inquiry.facets], list(inquiry.clauses)):
        assert "".join(question[span.start : span.end] for span in spans) == question


def test_outlets_of_one_letter_are_never_named() -> None:
    assert understand("Who is X?", ["X"], today=TODAY, newest=TODAY).facets[0].sources == frozenset()
