"""The texts given to a model: all there, filled completely, and read for placeholders once only."""

import pytest

import prompts

VALUES = {
    "fence": "=====f=====",
    "sentences": "[K41] (Outlet, 2026-03-04) It rained.",
    "question": "Did it rain?",
    "words": "80",
    "not_in_sources": prompts.NOT_IN_SOURCES,
}
OPINION = {"fence": "=====f=====", "source": "It rained.", "claim": "It snowed."}


def values(name: str) -> dict[str, str]:
    return OPINION if name == "opinion" else VALUES


def test_there_is_one_text_for_each_kind_of_assignment_and_one_for_an_opinion() -> None:
    assert prompts.names() == ("answer", "briefing", "opinion")


@pytest.mark.parametrize("name", prompts.names())
def test_every_value_is_in_the_text_and_no_placeholder_is_left(name: str) -> None:
    text = prompts.fill(name, **values(name))
    assert all(value in text for value in values(name).values())
    assert "$" not in text


@pytest.mark.parametrize("name", prompts.names())
def test_no_text_shows_a_key_that_a_model_could_copy(name: str) -> None:
    text = prompts.fill(name, **{**values(name), **({"sentences": ""} if name != "opinion" else {})})
    assert "[" not in text


def test_values_are_not_read_for_placeholders() -> None:
    assert "costs $words" in prompts.fill("answer", **{**VALUES, "question": "What costs $words?"})


def test_a_missing_value_is_named() -> None:
    given = {name: value for name, value in VALUES.items() if name not in ("fence", "words")}
    with pytest.raises(ValueError, match=r"answer\.txt also needs: fence, words"):
        prompts.fill("answer", **given)


def test_a_value_without_a_place_is_named() -> None:
    with pytest.raises(ValueError, match=r"answer\.txt has no place for: colour"):
        prompts.fill("answer", **VALUES, colour="red")


def test_an_unknown_text_is_named_with_those_there_are() -> None:
    with pytest.raises(ValueError, match=r"no prompt “ode”. There are: answer, briefing, opinion"):
        prompts.fill("ode")
