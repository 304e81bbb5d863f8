"""Replies taken apart: every shape of marker, markup, and the same result however the reply is cut into pieces."""

import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.citations import CitationStream, CitedText, cite

KNOWN = tuple(f"K{number}" for number in range(41, 50))
Sentence = tuple[str, str, str]  # text, keys, unknown keys


def streamed(reply: str, sizes: list[int]) -> tuple[CitedText, ...]:
    stream, given_, at, turn = CitationStream(KNOWN), [], 0, 0
    while at < len(reply):
        size = sizes[turn % len(sizes)]
        given_ += stream.feed(reply[at : at + size])
        at, turn = at + size, turn + 1
    return (*given_, *stream.finish())


def row(name: str, reply: str, *sentences: Sentence) -> object:
    return pytest.param(reply, list(sentences), id=name)


DONE = ("rained.", "froze!", "thawed")
TABLE = [
    row("empty", ""),
    row("only white space", " \n\n  "),
    row("no stop", "It rained", ("It rained", "", "")),
    row("no marker", "It rained.", ("It rained.", "", "")),
    row("no brackets in all of it", "It rained. It froze!\nIt thawed", *((f"It {did}", "", "") for did in DONE)),
    row("marker before the stop", "It rained [K41].", ("It rained.", "K41", "")),
    row("marker after the stop", "It rained. [K41]", ("It rained.", "K41", "")),
    row("marker right after the stop", "It rained.[K41] It froze.", ("It rained.", "K41", ""), ("It froze.", "", "")),
    row("after the stop, then more", "It rained. [K41] It froze.", ("It rained.", "K41", ""), ("It froze.", "", "")),
    row("one each", "It rained [K41]. It froze [K42].", ("It rained.", "K41", ""), ("It froze.", "K42", "")),
    row("marker after the last of two", "It rained. It froze. [K41]", ("It rained.", "", ""), ("It froze.", "K41", "")),
    row("in the middle", "It rained [K41] and froze.", ("It rained and froze.", "K41", "")),
    row("between words without blanks", "It rained[K41]hard.", ("It rained hard.", "K41", "")),
    row("two with a comma", "It rained [K41, K42].", ("It rained.", "K41 K42", "")),
    row("two with a semicolon", "It rained [K41; K42].", ("It rained.", "K41 K42", "")),
    row("two with and", "It rained [K41 and K42].", ("It rained.", "K41 K42", "")),
    row("two with a blank", "It rained [K41 K42].", ("It rained.", "K41 K42", "")),
    row("two side by side", "It rained [K41][K42].", ("It rained.", "K41 K42", "")),
    row("two listed", "It rained [K41], [K42].", ("It rained.", "K41 K42", "")),
    row("two listed with and", "It rained [K41] and [K42].", ("It rained.", "K41 K42", "")),
    row("the same twice", "It rained [K42][K41][K42].", ("It rained.", "K42 K41", "")),
    row("range", "It rained [K41-K43].", ("It rained.", "K41 K42 K43", "")),
    row("range with a dash", "It rained [K41 – K43].", ("It rained.", "K41 K42 K43", "")),
    row("range in words", "It rained [K41 to K43].", ("It rained.", "K41 K42 K43", "")),
    row("range without the second letter", "It rained [K41-43].", ("It rained.", "K41 K42 K43", "")),
    row("range beyond what was shown", "It rained [K48-K51].", ("It rained.", "K48 K49", "K50 K51")),
    row("range too wide", "It rained [K1-K999].", ("It rained.", "", "K1-K999")),
    row("range turned round", "It rained [K43-K41].", ("It rained.", "", "K43-K41")),
    row("range over two letters", "It rained [K41-L43].", ("It rained.", "", "K41-L43")),
    row("lenticular brackets", "It rained 【K41】.", ("It rained.", "K41", "")),
    row("fullwidth brackets", "It rained ［K41］.", ("It rained.", "K41", "")),
    row("tortoise-shell brackets", "It rained 〔K41〕.", ("It rained.", "K41", "")),
    row("fullwidth key", "It rained [Ｋ４１].", ("It rained.", "K41", "")),
    row("with a dagger", "It rained 【K41†source】.", ("It rained.", "K41", "")),
    row("unknown with a dagger", "It rained 【4:0†source】.", ("It rained.", "", "4:0")),
    row("round brackets", "It rained (K41).", ("It rained.", "K41", "")),
    row("round around square", "It rained ([K41], [K42]).", ("It rained.", "K41 K42", "")),
    row("round, after the stop", "It rained. (K41) It froze.", ("It rained.", "K41", ""), ("It froze.", "", "")),
    row("round, not a key", "The G7 (B52) met (2024).", ("The G7 (B52) met (2024).", "", "")),
    row("doubled brackets", "It rained [[K41]].", ("It rained.", "K41", "")),
    row("trebled brackets", "It rained [[[K41]]].", ("It rained.", "K41", "")),
    row("brackets of two kinds", "It rained 【[K41]】.", ("It rained.", "K41", "")),
    row("two in one bracket", "It rained [[K41], [K42]].", ("It rained.", "K41 K42", "")),
    row("one in the bracket of another", "It rained [K41 [K42]].", ("It rained.", "K42 K41", "")),
    row("numbers in one bracket", "It rained [[1], [2]].", ("It rained.", "", "1 2")),
    row("escaped brackets", r"It rained \[K41\].", ("It rained.", "K41", "")),
    row("footnote", "It rained [^K41].", ("It rained.", "K41", "")),
    row("labelled", "It rained [Source: K41].", ("It rained.", "K41", "")),
    row("lower case", "It rained [k41].", ("It rained.", "K41", "")),
    row("blanks inside", "It rained [ K41 ].", ("It rained.", "K41", "")),
    row("zero width inside", "It rained [K\u200b41].", ("It rained.", "K41", "")),
    row("bold", "It rained **[K41]**.", ("It rained.", "K41", "")),
    row("as a link", "It rained [K41](https://evil.example/x).", ("It rained.", "K41", "")),
    row("unclosed", "It rained [K41. It froze.", ("It rained.", "K41", ""), ("It froze.", "", "")),
    row("unclosed at the end", "It rained [K41", ("It rained", "K41", "")),
    row("unclosed and unknown", "It rained [K99", ("It rained [K99", "", "")),
    row("bare key is text", "It rained K41.", ("It rained K41.", "", "")),
    row("stop on both sides", "It rained. [K41]. It froze.", ("It rained.", "K41", ""), ("It froze.", "", "")),
    row("unknown key", "It rained [K99].", ("It rained.", "", "K99")),
    row("unknown key in the middle", "It rained [K99] and froze.", ("It rained and froze.", "", "K99")),
    row("number", "It rained [1].", ("It rained.", "", "1")),
    row("numbers after the stop", "It rained. [1] It froze. [2]", ("It rained.", "", "1"), ("It froze.", "", "2")),
    row("numbers first", "[1] It rained. [2] It froze.", ("It rained.", "", "1"), ("It froze.", "", "2")),
    row("number on its own line", "It rained.\n[1]\nIt froze.", ("It rained.", "", "1"), ("It froze.", "", "")),
    row("numbers listed", "It rained [1, 2].", ("It rained.", "", "1 2")),
    row("numbers side by side", "It rained [1][2].", ("It rained.", "", "1 2")),
    row("numbers in round brackets", "It rained ([1], [2]).", ("It rained.", "", "1 2")),
    row("range of numbers", "It rained [1-3].", ("It rained.", "", "1-3")),
    row("number in lenticular brackets", "It rained 【1】.", ("It rained.", "", "1")),
    row("numbers in lenticular brackets", "It rained 【1, 2】【1-3】.", ("It rained.", "", "1 2 1-3")),
    row("range and number", "It rained [1-3, 5].", ("It rained.", "", "1-3 5")),
    row("labelled number in the middle", "It rained [Source 1] and froze.", ("It rained and froze.", "", "1")),
    row("key of another kind", "It rained [Z999, Q1].", ("It rained.", "", "Z999 Q1")),
    row("year", "It rained in June [2024].", ("It rained in June [2024].", "", "")),
    row("years", "It rained [2010-2012] here.", ("It rained [2010-2012] here.", "", "")),
    row(
        "figures in the middle",
        "He said [40] people died in [2024] there. [K41]",
        ("He said [40] people died in [2024] there.", "K41", ""),
    ),
    row("figure at the beginning", "[40] people died [K41].", ("[40] people died.", "K41", "")),
    row("figure after a stop", "It froze [K42].\n[40] died.", ("It froze.", "K42", ""), ("[40] died.", "", "")),
    row("figure before a marker", "The toll is [40] [K41].", ("The toll is [40].", "K41", "")),
    row("figure in both brackets", "It hit ([40]) men.", ("It hit ([40]) men.", "", "")),
    row("figure with a sign", "It rose [3]% in May [K41].", ("It rose [3]% in May.", "K41", "")),
    row("name with a number", "A [F16] jet fell [K41].", ("A [F16] jet fell.", "K41", "")),
    row("marker in quotes", "He wrote “[K41]” is key.", ("He wrote is key.", "K41", "")),
    row("marker in straight quotes", 'He wrote "[K41]" is key.', ("He wrote is key.", "K41", "")),
    row("marker between quotations", '"We won."[K41]"You lost."', ('"We won."', "K41", ""), ('"You lost."', "", "")),
    row("known and unknown", "It rained [K41, K99].", ("It rained.", "K41", "K99")),
    row("sic", "It rane [sic] hard.", ("It rane [sic] hard.", "", "")),
    row("words of an editor", "“[The mayor] left.”", ("“[The mayor] left.”", "", "")),
    row("number of an editor", "About [2,000] people.", ("About [2,000] people.", "", "")),
    row("empty brackets", "It rained [] hard.", ("It rained [] hard.", "", "")),
    row("decimal after a marker", "It rose [K41] .5 percent.", ("It rose .5 percent.", "K41", "")),
    row("decimal is no end", "It rose 3.5 percent [K41].", ("It rose 3.5 percent.", "K41", "")),
    row("abbreviation is no end", "Mr. Hu saw the U.S. army [K41].", ("Mr. Hu saw the U.S. army.", "K41", "")),
    row(
        "quotation is one statement", "“We won. You lost.” he said [K41].", ("“We won. You lost.” he said.", "K41", "")
    ),
    row("speaker after a quotation", "“Over?” Joe Biden asked [K41].", ("“Over?” Joe Biden asked.", "K41", "")),
    row("marker after a quotation", "“We won.” [K41] They left.", ("“We won.”", "K41", ""), ("They left.", "", "")),
    row("line opens with a marker", "[K41] It rained.", ("It rained.", "K41", "")),
    row("markers first", "[K41] It rained. [K42] It froze.", ("It rained.", "K41", ""), ("It froze.", "K42", "")),
    row("marker first, and last", "[K41] It rained. [K42]", ("It rained.", "K41 K42", "")),
    row("marker on its own line", "It rained.\n[K41]\nIt froze.", ("It rained.", "K41", ""), ("It froze.", "", "")),
    row("marker under a blank line", "It rained.\n\n[K41]", ("It rained.", "K41", "")),
    row("marker on the line before", "[K41]\nIt rained.", ("It rained.", "K41", "")),
    row(
        "lines, markers first", "[K41] It rained.\n[K42] It froze.", ("It rained.", "K41", ""), ("It froze.", "K42", "")
    ),
    row("only a marker", "[K41]"),
    row("bullets", "- It rained [K41]\n* It froze [K42]", ("It rained", "K41", ""), ("It froze", "K42", "")),
    row("numbered", "1. It rained [K41].\n2) It froze.", ("It rained.", "K41", ""), ("It froze.", "", "")),
    row("numbered, markers first", "1. [K41] It rained.\n", ("It rained.", "K41", "")),
    row("heading", "## Weather\nIt rained.", ("Weather", "", ""), ("It rained.", "", "")),
    row("quoted lines", "> It rained [K41].", ("It rained.", "K41", "")),
    row("rule", "It rained.\n---\nIt froze.", ("It rained.", "", ""), ("It froze.", "", "")),
    row("code fence", "```text\nIt rained [K41].\n```", ("It rained.", "K41", "")),
    row(
        "code fence with text around",
        "It rained.\n```\nIt froze [K41].\n```\nIt thawed [K42].",
        ("It rained.", "", ""),
        ("It froze.", "K41", ""),
        ("It thawed.", "K42", ""),
    ),
    row("code fence of tildes", "~~~\nIt rained [K41].\n~~~", ("It rained.", "K41", "")),
    row("code fence never closed", "```\nIt rained [K41].", ("It rained.", "K41", "")),
    row("indented code", "    It rained [K41].", ("It rained.", "K41", "")),
    row("marker as code", "It rained `[K41]`.", ("It rained.", "K41", "")),
    row("index in code", "Run `a[1]` now [K41].", ("Run a[1] now.", "K41", "")),
    row("emphasis", "**It** _rained_ ~~hard~~ `now` [K41].", ("It rained hard now.", "K41", "")),
    row("bold stop", "**It rained.** [K41] It froze.", ("It rained.", "K41", ""), ("It froze.", "", "")),
    row("times is not emphasis", "It is 5*3 and 2 * 4 and a_b_c.", ("It is 5*3 and 2 * 4 and a_b_c.", "", "")),
    row("link", "See [the report](https://evil.example/a. b) now.", ("See the report now.", "", "")),
    row("image", "It ![rained](http://evil.example/p.png) hard.", ("It rained hard.", "", "")),
    row("image in a link", "It [![rained](http://a.example/p)](http://b.example) hard.", ("It rained hard.", "", "")),
    row("tags", '<p>It <b>rained</b><img src="http://evil.example/?q=. A"> [K41].</p>', ("It rained.", "K41", "")),
    row("tag in a tag", "It <<b>script>rained.", ("It script>rained.", "", "")),
    row("link made by a removal", "It [te[K41]xt](http://e.example) r.", ("It te xt r.", "K41", "")),
    row("less than", "If a < b and 3<4, it rained.", ("If a < b and 3<4, it rained.", "", "")),
    row("carriage returns", "It rained [K41].\r\nIt froze.\r\n", ("It rained.", "K41", ""), ("It froze.", "", "")),
]


@pytest.mark.parametrize(("reply", "expected"), TABLE)
@pytest.mark.parametrize("size", [1, 5, 10_000], ids=lambda size: f"pieces of {size}")
def test_reply(reply: str, expected: list[Sentence], size: int) -> None:
    found = [(each.text, " ".join(each.keys), " ".join(each.unknown)) for each in streamed(reply, [size])]
    assert found == expected


@pytest.mark.parametrize(
    "marker",
    [
        "[K41]",
        "[[K41]]",
        "【K41】",
        r"\[K41\]",
        "[K41, K42]",
        "[K41-K43]",
        "([K41])",
        "[K41](http://e.x/)",
        "[1]",
        "[1, 2]",
    ],
)
def test_a_marker_may_be_cut_anywhere(marker: str) -> None:
    reply = f"It rained {marker}. It froze. {marker} Then it thawed all over the valley and the hills."
    whole = cite(reply, KNOWN)
    assert len(whole) == 3
    for cut in range(len(reply)):
        stream = CitationStream(KNOWN)
        pieces = (reply[:cut], reply[cut], reply[cut + 1 :])
        assert (*(each for piece in pieces for each in stream.feed(piece)), *stream.finish()) == whole


PARTS = st.sampled_from([
    "[K41]", "[K42, K99]", "[", "]", "(", ")", "【K43】", "[K41-K43]", "](http://x.y/z)", "![", "<b>", "<", ">", "</p>",
    ". ", ".", "! ", "? ", "…", "\n", "\n\n", " ", ",", '"', "“", "”", "*", "**", "_", "`", "```\n", "- ", "1. ", "# ",
    "[1]", "[40] people", "[2, 3]", "[2024]",
    "It rained", "Mr.", "U.S.", "He said", "the", "K41", "2024", "3.5", "[sic]", "\\[", "\\", "†", "a", "É", "\u200b",
])  # fmt: skip
WORD = re.compile(r"[^\W_]+")
REPLIES = st.one_of(st.lists(PARTS, max_size=40).map("".join), st.text(max_size=200))


@settings(max_examples=300, deadline=None)
@given(REPLIES, st.lists(st.integers(1, 30), min_size=1, max_size=8))
@example("It rained. [K41" + "]" * 5, [1])
@example("a" * 2_995 + " b. [K41] C", [7])
@example("[K41]\n" * 700 + "It rained.", [11])
@example("“" + "It rained. " * 400, [13])
def test_how_the_reply_is_cut_changes_nothing(reply: str, sizes: list[int]) -> None:
    assert streamed(reply, sizes) == cite(reply, KNOWN)


@settings(max_examples=300, deadline=None)
@given(REPLIES)
def test_no_word_is_gained_and_no_markup_is_left(reply: str) -> None:
    for sentence in cite(reply, KNOWN):
        assert not re.search(r"<[A-Za-z/!?]|\]\(", sentence.text)
        assert set(sentence.keys) <= set(KNOWN)
        if reply.isascii():
            assert set(WORD.findall(sentence.text)) <= set(WORD.findall(reply))


def test_a_sentence_is_given_as_soon_as_the_next_has_begun() -> None:
    stream = CitationStream(KNOWN)
    assert stream.feed("It rained. [K41] ") == []
    assert [each.text for each in stream.feed("Then it froze all over the valley and the hills.")] == ["It rained."]


@pytest.mark.parametrize(
    "unit",
    ["[", "]", "[]", "[K41", "[K41] ", "[[K41]]", "[1]", "[1] ", "[1, 2] ", "[1-3", "【", "[a](", "([", "<a ", "(", "*",
     "`", "```\n", "\\[", "![", "\n", " ", "x", "."],
)  # fmt: skip
def test_hostile_replies_take_linear_time(unit: str) -> None:
    reply = unit * (100_000 // len(unit))
    started = time.process_time()
    cite(reply, KNOWN)
    assert time.process_time() - started < 2


def test_thousands_of_nested_brackets_take_linear_time() -> None:
    started = time.process_time()
    cite("[" * 50_000 + "K41" + "]" * 50_000, KNOWN)
    assert time.process_time() - started < 1


@pytest.mark.parametrize("unit", ["[", "[[K41]].\n", "[1] ", "“", "A. "])
def test_hostile_replies_in_single_characters_take_linear_time(unit: str) -> None:
    stream = CitationStream(KNOWN)
    started = time.process_time()
    for char in unit * (10_000 // len(unit)):
        stream.feed(char)
    stream.finish()
    assert time.process_time() - started < 5
