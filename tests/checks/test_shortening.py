"""Words left out of a source sentence: what stands apart may go, and nothing else."""

import pytest

from assistant.checks.shortening import left_out, own_words

STRICT = [
    ("aside", "Otto Brandt, the head of the port, resigned.", "Otto Brandt resigned.", True),
    ("dashes", "The mill — built in 1880 — burned down.", "The mill burned down.", True),
    ("brackets", "The Farm Union (KFU) objected.", "The Farm Union objected.", True),
    ("tail", "A storm hit Rovigna, tearing off roofs.", "A storm hit Rovigna.", True),
    ("date at the start", "On Friday, Otto Brandt resigned.", "Otto Brandt resigned.", True),
    ("dateline", "ALTMARK — The last train left.", "The last train left.", True),
    ("speaker moved", "The well is dry, Pia Holm said.", "Pia Holm said that the well is dry.", True),
    ("speaker changed", "The well is dry, Pia Holm said.", "Max Dorn said that the well is dry.", False),
    ("speaker lost", "The well is dry, Pia Holm said.", "The well is dry.", False),
    ("head lost", "The brother of the mayor resigned.", "The mayor resigned.", False),
    ("one word lost", "The deputy mayor resigned.", "The mayor resigned.", False),
    ("hedge in an aside", "The fire, some suspect, was set.", "The fire was set.", False),
    ("condition in a tail", "He will go, if asked.", "He will go.", False),
    ("label at the start", "Myth: the pill causes fever.", "The pill causes fever.", False),
    ("novel at the start", "In the novel, the mayor dies.", "The mayor dies.", False),
    (
        "aside of another",
        "Ana Ruiz, Tom Hale, who fled, and Max Dorn met.",
        "Ana Ruiz, who fled, and Max Dorn met.",
        False,
    ),
    ("stem", "The mayor resigned.", "The mayor resigns.", False),
]


@pytest.mark.parametrize(("source", "claim", "safe"), [pytest.param(*row[1:], id=row[0]) for row in STRICT])
def test_only_what_stands_apart_may_go(source: str, claim: str, safe: bool) -> None:
    assert own_words(claim, source) is safe


def test_a_person_may_leave_out_more() -> None:
    source, claim = "The minister was arrested at his home on Friday.", "The minister was arrested on Friday."
    assert own_words(claim, source, shorter=True)
    assert not own_words(claim, source)


def test_what_was_left_out_is_shown() -> None:
    assert left_out("The mayor resigned.", "The brother of the mayor resigned.") == "brother of"
    assert left_out("The mayor fell.", "The brother of the mayor resigned.") == ""
