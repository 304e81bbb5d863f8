"""The same words in the same order, or in one that says the same."""

import pytest

from assistant.checks.order import doubt

SAME = [
    ("passive", "Helga Krahn sacked Otto Brandt.", "Otto Brandt was sacked by Helga Krahn."),
    ("date first", "The mill closed on Monday.", "On Monday the mill closed."),
    ("place first", "Some 40 houses burned in Rovigna.", "In Rovigna some 40 houses burned."),
    ("speaker last", "Max Dorn said the tower leans.", "The tower leans, Max Dorn said."),
]
TURNED = [
    ("names", "Corvex sued Brightwell.", "Brightwell sued Corvex."),
    ("passive lost", "Otto Brandt was sacked by Helga Krahn.", "Otto Brandt sacked Helga Krahn."),
    ("figures", "It killed 3 and injured 60.", "It killed 60 and injured 3."),
    ("days", "Talks open on Monday, the vote is on Friday.", "Talks open on Friday, the vote is on Monday."),
    ("from and to", "They fled from Orvana to Kestria.", "They fled to Orvana from Kestria."),
    ("not", "The dam is not safe but the bridge is.", "The dam is safe but the bridge is not."),
    ("plain words", "The dog bit the man.", "The man bit the dog."),
]


@pytest.mark.parametrize(("source", "claim"), [pytest.param(*row[1:], id=row[0]) for row in SAME])
def test_what_may_be_moved_raises_no_doubt(source: str, claim: str) -> None:
    assert doubt(claim, source) == ""


@pytest.mark.parametrize(("source", "claim"), [pytest.param(*row[1:], id=row[0]) for row in TURNED])
def test_another_order_raises_doubt(source: str, claim: str) -> None:
    assert doubt(claim, source) == "The same words in another order: check who did what."
