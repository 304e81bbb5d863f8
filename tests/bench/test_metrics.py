"""Each measure on cases worked out by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import metrics
from bench.metrics import Backing, Citing, Place
from index.articles import Span


def place(article_id: str, start: int, end: int) -> Place:
    return Place(article_id, Span(start, end))


@pytest.mark.parametrize(
    ("text", "form"),
    [
        pytest.param("The Ferry  sank,\nthey said.", "the ferry sank, they said.", id="case and space"),
        pytest.param("“Don’t go” — now", '"don\'t go" - now', id="quotes and dashes"),
        pytest.param("", "", id="empty"),
    ],
)
def test_plain(text: str, form: str) -> None:
    assert metrics.plain(text) == form


@pytest.mark.parametrize(
    ("text", "form"),
    [
        pytest.param("The ferry, a boat.", "ferry boat", id="articles and points"),
        pytest.param("U.S. $1,600", "us 1600", id="joined where a sign stood, as SQuAD does"),
        pytest.param("an-other theatre", "another theatre", id="articles only as words"),
        pytest.param("A", "", id="an article alone"),
    ],
)
def test_answer_form(text: str, form: str) -> None:
    assert metrics.answer_form(text) == form


@pytest.mark.parametrize(
    ("response", "slots", "right"),
    [
        pytest.param("It was the Blue Heron.", [["Blue Heron"]], True, id="inside"),
        pytest.param("It was the bluebird.", [["blue"]], False, id="not on word borders"),
        pytest.param("Ann and Bob", [["Ann"], ["Robert", "Bob"]], True, id="every slot, any string"),
        pytest.param("Ann alone", [["Ann"], ["Robert", "Bob"]], False, id="a slot left open"),
        pytest.param("16,000 people", [["16 000", "16000"]], True, id="signs do not matter"),
        pytest.param("anything", [["The"]], False, id="a string of nothing is never said"),
        pytest.param("", [["Ann"]], False, id="no response"),
    ],
)
def test_correct(response: str, slots: list[list[str]], right: bool) -> None:
    assert metrics.correct(response, slots) is right


@pytest.mark.parametrize(
    ("response", "answer", "right"),
    [
        pytest.param("Yes, though no report said so.", "Yes", True, id="the first one counts"),
        pytest.param("Both did: no.", "yes", False, id="the other one"),
        pytest.param("Nobody knows; yesterday", "No", False, id="whole words only"),
    ],
)
def test_correct_yes_no(response: str, answer: str, right: bool) -> None:
    assert metrics.is_yes_no(answer)
    assert metrics.correct_yes_no(response, answer) is right


def test_names_are_no_yes_no_answers() -> None:
    assert not metrics.is_yes_no("Norway")


@pytest.mark.parametrize(
    ("response", "answers", "em", "f1"),
    [
        pytest.param("the Blue Heron", ["Blue Heron", "Heron"], 1, 1, id="exact"),
        pytest.param("old Blue Heron", ["Blue Heron", "Heron"], 0, 0.8, id="the best answer counts"),
        pytest.param("", [], 1, 1, id="rightly nothing"),
        pytest.param("Heron", [], 0, 0, id="wrongly something"),
        pytest.param("", ["Heron"], 0, 0, id="wrongly nothing"),
    ],
)
def test_exact_match_and_answer_f1(response: str, answers: list[str], em: float, f1: float) -> None:
    assert metrics.exact_match(response, answers) == em
    assert metrics.answer_f1(response, answers) == pytest.approx(f1)


@pytest.mark.parametrize(
    ("text", "wanted", "f1"),
    [
        pytest.param("When did it sink?", "When did the ferry sink?", 2 * 3 / 9, id="three of four and five"),
        pytest.param("the the the", "the ferry", 2 * 1 / 5, id="a word counts as often as it stands in both"),
        pytest.param("ferry", "boat", 0, id="nothing shared"),
    ],
)
def test_token_f1(text: str, wanted: str, f1: float) -> None:
    assert metrics.token_f1(text, wanted) == pytest.approx(f1)


def test_exact_looks_past_signs_and_articles() -> None:
    assert metrics.exact("When did a ferry sink", "When did the ferry sink?")
    assert not metrics.exact("When did it sink?", "When did the ferry sink?")


@given(st.text(), st.text())
def test_f1_is_symmetric_and_a_share(one: str, other: str) -> None:
    value = metrics.token_f1(one, other)
    assert value == metrics.token_f1(other, one)
    assert 0 <= value <= 1
    assert metrics.token_f1(one, one) == 1


@pytest.mark.parametrize(
    ("chunk", "found"),
    [
        pytest.param(place("a", 0, 100), True, id="all of it"),
        pytest.param(place("a", 0, 15), True, id="exactly half"),
        pytest.param(place("a", 0, 14), False, id="less than half"),
        pytest.param(place("a", 20, 100), False, id="only touching"),
        pytest.param(place("b", 0, 100), False, id="another article"),
    ],
)
def test_a_chunk_holds_evidence_by_half_of_its_characters(chunk: Place, found: bool) -> None:
    assert chunk.holds(place("a", 10, 20)) is found


def test_empty_evidence_is_held_by_nothing() -> None:
    assert not place("a", 0, 9).holds(place("a", 3, 3))


# Ranks 1 to 5: nothing, item 0, items 0 and 1, nothing, item 2.
RANKS: list[set[int]] = [set(), {0}, {0, 1}, set(), {2}]


@pytest.mark.parametrize(
    ("k", "hits", "all_found", "recall", "reciprocal"),
    [
        pytest.param(1, 0, 0, 0, 0, id="too early"),
        pytest.param(2, 1, 0, 1 / 3, 1 / 2, id="one of three"),
        pytest.param(3, 1, 0, 2 / 3, 1 / 2, id="the same item twice counts once"),
        pytest.param(10, 1, 1, 1, 1 / 2, id="all of them"),
    ],
)
def test_evidence_by_rank(k: int, hits: float, all_found: float, recall: float, reciprocal: float) -> None:
    assert metrics.hits(RANKS, k) == hits
    assert metrics.all_found(RANKS, 3, k) == all_found
    assert metrics.recall(RANKS, 3, k) == pytest.approx(recall)
    assert metrics.reciprocal_rank(RANKS, k) == reciprocal


def test_nothing_found_at_all() -> None:
    assert metrics.hits([], 10) == metrics.recall([], 2, 10) == metrics.reciprocal_rank([], 10) == 0


@given(st.lists(st.sets(st.integers(0, 3)), max_size=12), st.integers(1, 12))
def test_looking_further_never_finds_less(ranks: list[set[int]], k: int) -> None:
    assert metrics.recall(ranks, 4, k) <= metrics.recall(ranks, 4, k + 1)
    assert metrics.all_found(ranks, 4, k) <= metrics.hits(ranks, k)


def test_articles_count_where_they_first_appear() -> None:
    ranked = ["x", "x", "a", "x", "b"]
    assert metrics.distinct(ranked) == ["x", "a", "b"]
    assert metrics.doc_recall(ranked, {"a", "b"}, 2) == 0.5
    gained, best = 1 / math.log2(3) + 1 / math.log2(4), 1 + 1 / math.log2(3)
    assert metrics.ndcg(ranked, {"a", "b"}) == pytest.approx(gained / best)


@pytest.mark.parametrize(
    ("ranked", "gold", "value"),
    [
        pytest.param(["a", "b", "x"], {"a", "b"}, 1.0, id="gold first"),
        pytest.param(["x", "y"], {"a"}, 0.0, id="none"),
        pytest.param(["x", "a"], {"a"}, 1 / math.log2(3), id="second of two"),
        pytest.param([str(n) for n in range(10)], {str(n) for n in range(20)}, 1.0, id="more gold than places"),
        pytest.param(["x"] * 10 + ["a"], {"a"}, 1 / math.log2(3), id="repeats take no place"),
    ],
)
def test_ndcg(ranked: list[str], gold: set[str], value: float) -> None:
    assert metrics.ndcg(ranked, gold) == pytest.approx(value)


@given(st.lists(st.sampled_from("abcdef")), st.sets(st.sampled_from("abcdef"), min_size=1))
def test_ndcg_is_a_share(ranked: list[str], gold: set[str]) -> None:
    assert 0 <= metrics.ndcg(ranked, gold) <= 1 + 1e-9


def test_macro_weighs_clusters_alike_and_micro_records() -> None:
    values, clusters = [1.0, 1.0, 1.0, 0.0], ["big", "big", "big", "small"]
    assert metrics.micro(values) == 0.75
    assert metrics.macro(values, clusters) == 0.5


def test_a_mean_of_nothing_is_no_number() -> None:
    assert math.isnan(metrics.micro([]))
    assert math.isnan(metrics.macro([], []))


def test_abstention() -> None:
    found = metrics.abstention(answerable=[True, False, False, False], unanswerable=[True, True, False, False])
    assert (found.rejection, found.false_rejection) == (0.5, 0.25)
    assert found.balanced_accuracy == pytest.approx(0.625)


@pytest.mark.parametrize(
    ("scores", "labels", "value"),
    [
        pytest.param([0.9, 0.8, 0.1], [1, 1, 0], 1.0, id="parted"),
        pytest.param([0.1, 0.9], [1, 0], 0.0, id="upside down"),
        pytest.param([0.5, 0.5], [1, 0], 0.5, id="a tie is half"),
        pytest.param([0.9, 0.5, 0.5, 0.1], [1, 0, 1, 0], 0.875, id="three and a half of four"),
    ],
)
def test_auc(scores: list[float], labels: list[int], value: float) -> None:
    assert metrics.auc(scores, labels) == pytest.approx(value)


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=2))
def test_auc_counts_pairs(cases: list[tuple[int, bool]]) -> None:
    supported = [score for score, label in cases if label]
    unsupported = [score for score, label in cases if not label]
    value = metrics.auc([score for score, _ in cases], [int(label) for _, label in cases])
    if not supported or not unsupported:
        assert math.isnan(value)
        return
    pairs = [(s > u) + (s == u) / 2 for s in supported for u in unsupported]
    assert value == pytest.approx(sum(pairs) / len(pairs))


def test_balanced_accuracy() -> None:
    # Two of three supported ones and one of one unsupported one are told rightly.
    assert metrics.balanced_accuracy([True, True, False, False], [1, 1, 1, 0]) == pytest.approx((2 / 3 + 1) / 2)
    assert math.isnan(metrics.balanced_accuracy([True], [1]))


def test_the_mean_over_datasets_is_plain() -> None:
    assert metrics.mean_over({"one": 0.5, "another": 1.0}) == 0.75


@pytest.mark.parametrize(
    ("proposed", "gold_sets", "found"),
    [
        pytest.param([4, 7], [{4, 7}], Backing(1, 1, 1, 1), id="exact"),
        pytest.param([9, 4], [{4, 7}], Backing(0, 0.5, 0.5, 0.5), id="one of two, second"),
        pytest.param([4], [{7}, {4, 5}], Backing(1, 1, 0.5, 2 / 3), id="the better set"),
        pytest.param([4, 9], [{9}, {4}], Backing(1, 0.5, 1, 2 / 3), id="as good: the one that holds the first"),
        pytest.param([], [{4}], Backing(0, 0, 0, 0), id="nothing proposed"),
    ],
)
def test_backing(proposed: list[int], gold_sets: list[set[int]], found: Backing) -> None:
    assert metrics.backing(proposed, gold_sets) == found


GOLD = [place("a", 10, 20), place("b", 0, 5)]


@pytest.mark.parametrize(
    ("cited", "found", "uncited"),
    [
        pytest.param([[place("a", 0, 11)], [place("b", 4, 9)]], Citing(1, 1, 1, 1), 0, id="both, just overlapping"),
        pytest.param([[place("a", 20, 30)], []], Citing(0, 0, 1, 0.5), 0.5, id="the article, not the sentence"),
        pytest.param([[place("a", 0, 99), place("c", 0, 9)]], Citing(0.5, 0.5, 0.5, 0.5), 0, id="one right, one wrong"),
        pytest.param([[], []], Citing(None, 0, None, 0), 1, id="nothing cited"),
    ],
)
def test_citing(cited: list[list[Place]], found: Citing, uncited: float) -> None:
    assert metrics.citing(cited, GOLD) == found
    assert metrics.uncited(cited) == uncited


@pytest.mark.parametrize(
    ("found", "wanted", "share"),
    [
        pytest.param(["a", "a", "b"], {"a"}, 2 / 3, id="each time it was found counts"),
        pytest.param({"a", "b"}, {"a", "b", "c"}, 1.0, id="not all need be found"),
        pytest.param(["a"], set(), 0.0, id="nothing wanted"),
        pytest.param([], {"a"}, None, id="nothing found"),
    ],
)
def test_share_in(found: list[str], wanted: set[str], share: float | None) -> None:
    assert metrics.share_in(found, wanted) == share


def test_an_answer_without_sentences_leaves_none_uncited() -> None:
    assert metrics.uncited([]) is None
