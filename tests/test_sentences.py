"""The table in data/sentences.jsonl holds a case a line: its sentences, white space included, as a reader would cut.

Cases marked known_wrong are those we get wrong and know of; they count against the share.
"""

import json
import sys
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.sentences import split

CASES = [json.loads(line) for line in (Path(__file__).parent / "data/sentences.jsonl").read_text("utf-8").splitlines()]

# Text that is likely to trip the rules, next to text of any kind.
_TRICKY = st.lists(
    st.sampled_from(
        [
            *"“”\"‘’'«»„()[]「」.!?…。\n \t—¿🎉aA1",
            "U.S. ",
            "Inc. ",
            "He said. ",
            "a.m. ",
            "[1]",
            "[12] ",
            "\r\n",
            "\u2028",
            "\ud800",
        ]
    ),
    max_size=60,
).map("".join)
_LONG = st.lists(
    st.sampled_from(["a" * 1499, "b" * 1500, "c" * 1501, "word " * 700, " " * 1600, "\n", "d", "He left. ", "“"]),
    max_size=12,
).map("".join)
ANY_TEXT = st.text() | _TRICKY | _LONG | st.text(st.characters(exclude_categories=()))


LONGEST = 1_500


def is_right(case: dict[str, list[str]]) -> bool:
    return [sentence.text for sentence in split("".join(case["sentences"]))] == case["sentences"]


@pytest.mark.parametrize("case", [case for case in CASES if not case.get("known_wrong")], ids=lambda case: case["case"])
def test_hard_case(case: dict[str, list[str]]) -> None:
    assert [sentence.text for sentence in split("".join(case["sentences"]))] == case["sentences"]


def test_nearly_all_hard_cases_come_out_right(capsys: pytest.CaptureFixture[str]) -> None:
    share = sum(map(is_right, CASES)) / len(CASES)
    wrong = ", ".join(str(case["case"]) for case in CASES if not is_right(case))
    with capsys.disabled():
        sys.stdout.write(f"\nsentences: {share:.1%} of {len(CASES)} hard cases right; wrong: {wrong}\n")
    assert share >= 0.95


def test_cases_known_wrong_are_still_wrong() -> None:
    assert [case["case"] for case in CASES if case.get("known_wrong") and is_right(case)] == []


@given(ANY_TEXT)
@example("")
@example("\ud800. A")
@example("\n\n  \n")
def test_sentences_partition_any_text(text: str) -> None:
    sentences = split(text)
    assert "".join(sentence.text for sentence in sentences) == text
    assert [sentence.number for sentence in sentences] == list(range(len(sentences)))
    assert all(text[sentence.start : sentence.end] == sentence.text for sentence in sentences)


@given(ANY_TEXT)
def test_no_sentence_is_empty_or_runs_over_a_line_end(text: str) -> None:
    sentences = split(text)
    if text.strip():
        assert all(sentence.quote for sentence in sentences)
        assert all("\n" not in sentence.quote for sentence in sentences)
        assert all(not sentence.text[0].isspace() for sentence in sentences[1:])
        assert all(len(sentence.quote) <= LONGEST for sentence in sentences)
    else:
        assert len(sentences) == bool(text)


@given(ANY_TEXT, ANY_TEXT)
def test_lines_do_not_touch_each_other(first: str, second: str) -> None:
    if first.strip() and second.strip():
        together = [sentence.quote for sentence in split(f"{first}\n{second}")]
        assert together == [sentence.quote for part in (first, second) for sentence in split(part)]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("", []),
        (" \n\t ", [(0, 4)]),
        ("  He left.", [(0, 10)]),
        ("\n\nOne. Two.\n\n  Three.\n", [(0, 7), (7, 15), (15, 22)]),
        ("😀 é “A.” He left. B", [(0, 9), (9, 18), (18, 19)]),
    ],
    ids=["nothing", "white space", "indented", "blank lines", "beyond ascii"],
)
def test_spans(text: str, spans: list[tuple[int, int]]) -> None:
    assert [(sentence.start, sentence.end) for sentence in split(text)] == spans


def test_a_short_quotation_stays_whole_and_a_long_one_is_split() -> None:
    said = "The road was long. "
    assert len(split(f"“{said * 5}It ended,” she said. He left.")) == 2
    assert len(split(f"“{said * 50}It ended,” she said. He left.")) == 52
    assert split(f"“{said * 50}It ended,” she said.")[-1].quote == "It ended,” she said."


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("word " * 1000, [1500, 1500, 1500, 500]),
        ("a" * 4000, [1500, 1500, 1000]),
        ("a" * 1499 + " b", [1500, 1]),
        ("a" + " " * 4000 + "b" * 1500, [4001, 1500]),
        ("a" * 1500 + " " * 4000, [5500]),
        ("a, " * 500 + "end. He left.", [1500, 5, 8]),
    ],
    ids=["words", "one word", "just too long", "far apart", "white space behind", "a sentence behind"],
)
def test_a_sentence_that_is_too_long_is_cut_between_words(text: str, lengths: list[int]) -> None:
    assert [len(sentence.text) for sentence in split(text)] == lengths


@pytest.mark.parametrize(
    "part",
    [
        "“",
        "‘",
        '"',
        "(",
        "[",
        '("',
        "“A",
        "A. ",
        "U.S. ",
        ".",
        "。",
        "…",
        "He left. ",
        "“A. ”",
        "[1]",
        "!”",
        "🎉 ",
        " ",
    ],
)
def test_time_grows_with_length_whatever_the_text(part: str) -> None:
    def seconds(length: int) -> float:
        text = part * (length // len(part))
        started = time.process_time()
        assert split(text)[-1].end == len(text)
        return time.process_time() - started

    # Both on the same machine at the same time, so what else it does counts for both; a square would be 64 times.
    few = min(seconds(25_000) for _ in range(3))
    assert min(seconds(200_000) for _ in range(2)) < 24 * max(few, 0.005)


def test_long_lines_are_split_like_short_ones() -> None:
    line = "The U.S. Senate met at 5 p.m. Tuesday. “We won. You lost,” he said. " * 1000
    assert {sentence.quote for sentence in split(line)} == {
        "The U.S. Senate met at 5 p.m. Tuesday.",
        "“We won. You lost,” he said.",
    }
