"""The speaker in a claim against the speaker in its source."""

import pytest
from tables import Row, holds, params

from assistant.checks.attribution import check, speakers

ROWS = [
    Row("said", "Blinken said the troops had arrived.", "“The troops have arrived,” Blinken said."),
    Row("inverted", "Blinken said the troops had arrived.", "“The troops have arrived,” said Antony Blinken."),
    Row("inverted with title", "Ana Ruiz said it was safe.", "“It is safe,” said the mayor, Ana Ruiz."),
    Row("according to", "According to Tilley, no date has been agreed.", "No date has been agreed, Tilley said."),
    Row(
        "said for according to",
        "Tilley said no date had been agreed.",
        "No new date has been agreed, according to Tilley.",
    ),
    Row(
        "told reporters",
        "Dorn told reporters that the wells were clean.",
        "The wells are clean, Casimir Dorn told reporters.",
    ),
    Row(
        "pronoun",
        "Tarrant said every hour counts.",
        "“Every hour counts,” she added.",
        before="“We go on,” said Commander Ilse Tarrant.",
    ),
    Row(
        "pronoun in the same sentence",
        "Dorn said the tests were not complete.",
        "Dorn, who heads the office, said he was wrong; he added that the tests were not complete.",
    ),
    Row("role in the claim", "The minister said the road was closed.", "“The road is closed,” said Pavel Ostrander."),
    Row("role in the source", "Ostrander said the road was closed.", "The minister said that the road was closed."),
    Row("passive", "It was reported that Dorn fell ill.", "Brenholm Ledger reported that Dorn fell ill."),
    Row("no speaker in the claim", "The wells are clean.", "“The wells are clean,” Dorn said."),
    Row("no speaker in the source", "Dorn said the wells were clean.", "The wells are clean."),
    Row(
        "short form",
        "The EPA said the villa was unsafe.",
        "The Environmental Protection Agency said the villa was unsafe.",
    ),
    Row("surname only", "Dana Reyl said the company broke its word.", "“The company broke its word,” Reyl said."),
    Row(
        "title and aside",
        "Osgood said the offer was three weeks.",
        "The offer is three weeks, Henrik Osgood, the company’s spokesman, said.",
    ),
    Row(
        "aside with a company",
        "Osgood denied that it would repay.",
        "Osgood, a spokesman for Aldermoor Cells, denied that it would repay.",
    ),
    Row("not a verb of speech", "Reports of rain reached Dorn.", "Halloran confirmed reports of rain."),
    Row("denied a goal", "Aduriz denied them victory.", "Marten Roy denied them victory."),
    Row("they", "Reyl said the talks were hard.", "They said the talks were hard.", before="Osgood spoke."),
    Row("both sides", "Osgood said the reports were wrong.", "The reports were wrong, according to both sides."),
    Row("he in both", "He said it was over.", "Dorn said it was over."),
    Row(
        "quoted sentence counts",
        "“I count results,” Quist said.",
        "“I count results,” Quist said. Dorn disagreed, Halloran said.",
    ),
    Row(
        "wrong mouth",
        "Putin said the troops had arrived.",
        "“The troops have arrived,” Blinken said.",
        "wrong",
        "The cited sentence gives these words to Blinken, not to Putin.",
        "Putin",
    ),
    Row(
        "wrong mouth, inverted",
        "Austin said the troops had arrived.",
        "“The troops have arrived,” said Antony Blinken.",
        "wrong",
        "to Antony Blinken, not to Austin",
        "Austin",
    ),
    Row(
        "wrong mouth, title",
        "Dorn said it was safe.",
        "“It is safe,” said the mayor, Ana Ruiz.",
        "wrong",
        "to Ana Ruiz",
        "Dorn",
    ),
    Row(
        "wrong according to",
        "According to Osgood, no date was agreed.",
        "No new date has been agreed, according to Tilley.",
        "wrong",
        "to Tilley",
        "Osgood",
    ),
    Row(
        "wrong pronoun",
        "Rutte said every hour counts.",
        "“Every hour counts,” she added.",
        "wrong",
        "to Commander Ilse Tarrant",
        "Rutte",
        before="“We go on,” said Commander Ilse Tarrant.",
    ),
    Row(
        "the one spoken of",
        "Putin said it was desperation.",
        "“Putin is desperate,” he commented.",
        "wrong",
        "to Blinken",
        "Putin",
        before="Blinken said it was weakness.",
    ),
    Row(
        "namesake",
        "Anton Reyl said it broke its word.",
        "“It broke its word,” said Dana Reyl.",
        "wrong",
        "to Dana Reyl, not to Anton Reyl",
        "Anton Reyl",
    ),
    Row(
        "wrong warned",
        "Halloran warned that the water was unsafe.",
        "Dorn warned that the water was unsafe.",
        "wrong",
        "to Dorn",
        "Halloran",
    ),
    Row(
        "wrong told",
        "Halloran told reporters that it rained.",
        "Dorn told reporters that it rained.",
        "wrong",
        "to Dorn",
        "Halloran",
    ),
    Row(
        "wrong body",
        "The WHO said cases rose.",
        "The Brenholm Water Authority said cases rose.",
        "wrong",
        "to Brenholm Water Authority",
        "WHO",
    ),
    Row(
        "wrong that",
        "Rowe said that he would do so again.",
        "Brand said that he would do so again.",
        "wrong",
        "to Brand",
        "Rowe",
    ),
    Row(
        "wrong denied that",
        "Quist denied that it rained.",
        "Penrick denied that it rained.",
        "wrong",
        "to Penrick",
        "Quist",
    ),
    Row("wrong added", "“It rained,” Quist added.", "“It rained,” Penrick added.", "wrong", "to Penrick", "Quist"),
    Row(
        "wrong aside",
        "Solt said the offer was three weeks.",
        "The offer is three weeks, Henrik Osgood, the company’s spokesman, said.",
        "wrong",
        "to Henrik Osgood",
        "Solt",
    ),
    Row(
        "wrong explained",
        "Solt explained that orders fell.",
        "Vossberg explained that orders fell.",
        "wrong",
        "to Vossberg",
        "Solt",
    ),
    Row(
        "present tense",
        "Solt says the rate will rise.",
        "Vossberg says the rate will rise.",
        "wrong",
        "to Vossberg",
        "Solt",
    ),
]


@pytest.mark.parametrize("row", params(ROWS))
def test_a_speaker_is_held_against_the_source(row: Row) -> None:
    holds(check, row)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It is over,” said Olaf Brenn.", ["Olaf Brenn"]),
        ("Brenn, who led the talks, said it was over.", ["Brenn"]),
        ("According to Brenn, it is over.", ["Brenn"]),
        ("“It is over,” she said.", ["she"]),
        ("The mayor said it was over.", []),
        ("It was said to be over.", []),
    ],
)
def test_speakers_are_found(text: str, expected: list[str]) -> None:
    assert [speaker.text for speaker in speakers(text)] == expected
