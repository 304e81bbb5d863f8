"""Verdicts on sentences that no rule was written for, by both standards and with the real encoder."""

from collections.abc import Iterable

import pytest
from dropped import ASIDES, WORDS
from held_out import FALSE, REPHRASED, SHORTENED, Case

from assistant.support import FOR_MODELS, FOR_PEOPLE, Judge, Passage, Standard, Verdict
from index.articles import Article
from index.encoder import Encoder
from index.sentences import split

# What is judged wrongly, and known to be: small words that a person's text may change, and likeness that falls short.
TAKEN_FOR_TRUE = {"in or out", "he she", "on under"}
TAKEN_FOR_FALSE = {"rose grew", "plan kept", "from to"}


def params(cases: Iterable[Case], known: Iterable[str] = ()) -> list[object]:
    wrong = pytest.mark.xfail(reason="a known miss", strict=True)
    return [pytest.param(case, id=case.id, marks=[wrong] if case.id in known else []) for case in cases]


def verdict(encoder: Encoder, case: Case, standard: Standard) -> Verdict:
    article = Article.make(title="Report", text=case.source)
    return Judge(standard).verdict(case.claim, [Passage.of(article, split(article.text), 0)])


@pytest.mark.parametrize("case", params(FALSE))
def test_no_falsification_passes_from_a_model(encoder: Encoder, case: Case) -> None:
    assert verdict(encoder, case, FOR_MODELS).label != "supported"


@pytest.mark.parametrize("case", params(FALSE, TAKEN_FOR_TRUE))
def test_no_falsification_passes_from_a_person(encoder: Encoder, case: Case) -> None:
    assert verdict(encoder, case, FOR_PEOPLE).label != "supported"


@pytest.mark.parametrize("standard", [FOR_MODELS, FOR_PEOPLE], ids=["model", "person"])
@pytest.mark.parametrize("case", params(SHORTENED))
def test_a_safe_shortening_is_supported(encoder: Encoder, case: Case, standard: Standard) -> None:
    assert verdict(encoder, case, standard).reasons == ()


@pytest.mark.parametrize("case", params(REPHRASED, TAKEN_FOR_FALSE))
def test_a_true_paraphrase_of_a_person_is_supported(encoder: Encoder, case: Case) -> None:
    assert verdict(encoder, case, FOR_PEOPLE).reasons == ()


@pytest.mark.parametrize("standard", [FOR_MODELS, FOR_PEOPLE], ids=["model", "person"])
@pytest.mark.parametrize("case", params(ASIDES))
def test_an_aside_that_limits_its_sentence_may_not_go(encoder: Encoder, case: Case, standard: Standard) -> None:
    assert verdict(encoder, case, standard).label != "supported"


@pytest.mark.parametrize("standard", [FOR_MODELS, FOR_PEOPLE], ids=["model", "person"])
@pytest.mark.parametrize("case", params(WORDS))
def test_a_word_that_limits_its_neighbour_may_not_go(encoder: Encoder, case: Case, standard: Standard) -> None:
    assert verdict(encoder, case, standard).label != "supported"
