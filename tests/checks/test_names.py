"""Names of a claim against names of its source."""

import pytest
from tables import Row, holds, params

from assistant.checks.names import check, names

PLANT = (
    "The Kelmaran Metalworkers’ Union (KMU) called the plan a breach. “We gave up a rise,” said Dana Reyl, the union’s"
    " secretary. The mayor, Anton Reyl, who is not related, called a session. Many workers spoke."
)
ROWS = [
    Row("surname", "Vossberg blamed demand.", "Petra Vossberg, the chief executive, blamed demand."),
    Row(
        "full name from the article",
        "Petra Vossberg left.",
        "Vossberg left by a side door.",
        article="Petra Vossberg spoke. Vossberg left by a side door.",
    ),
    Row("title", "Mayor Anton Reyl spoke.", "Anton Reyl, the mayor, spoke."),
    Row("initials", "J. D. Vance spoke.", "JD Vance spoke in Munich."),
    Row("middle initial", "Joan P. Dorn spoke.", "Joan Dorn spoke."),
    Row("acronym for the name", "The KMU objected.", "The Kelmaran Metalworkers’ Union objected.", article=PLANT),
    Row("name for the acronym", "The Kelmaran Metalworkers’ Union objected.", "The KMU objected.", article=PLANT),
    Row("demonym", "Russian troops moved.", "Troops of Russia moved."),
    Row("made-up demonym", "The Kelmaran coast is long.", "The coast of Kelmara is long."),
    Row("US and United States", "The United States objected.", "The U.S. objected."),
    Row("American", "American officials objected.", "Officials of the United States objected."),
    Row("UK", "British farmers objected.", "Farmers in the U.K. objected."),
    Row("possessive", "Blinken’s remarks were sharp.", "The remarks of Antony Blinken were sharp."),
    Row("hyphen", "The Russian-Ukrainian border is long.", "The border between Russia and Ukraine is long."),
    Row("Troops", "Troops moved to the border.", "Soldiers moved to the border."),
    Row("Speaking", "Speaking later, Dorn agreed.", "Dorn agreed."),
    Row("Analysts", "Analysts fear a war.", "Experts fear a war."),
    Row("However", "However Dorn agreed.", "But Dorn agreed."),
    Row("Officials said", "Officials said rain fell.", "Rain fell, it was said."),
    Row("Wheat", "Wheat fell sharply.", "Grain fell sharply."),
    Row("lower case", "vossberg blamed weak demand.", "Petra Vossberg blamed weak demand."),
    Row("dateline", "TOLVAN — The plant closes.", "TOLVAN — The plant will close, it said."),
    Row("dateline left out", "The plant in Tolvan closes.", "TOLVAN — The plant will close."),
    Row("pronoun", "Tarrant leads the search.", "She leads the search.", before="Ilse Tarrant spoke first."),
    Row(
        "the company",
        "Aldermoor Cells will cut jobs.",
        "The company will cut jobs.",
        before="Aldermoor Cells met on Friday.",
    ),
    Row("months", "It closes in June or September.", "It closes in summer or autumn."),
    Row("quoted title", "He wrote “The Long Night”.", "His book, “The Long Night”, sold well."),
    Row("accents", "Sao Paulo voted.", "São Paulo voted."),
    Row("CEO", "The CEO resigned.", "The chief executive resigned."),
    Row("St", "St. Orrin’s Hospital is full.", "St Orrin’s Hospital is full."),
    Row("nickname", "US President Joe Dorn spoke.", "President Joseph Dorn spoke."),
    Row(
        "party before a surname",
        "Labour Dorn spoke.",
        "Casimir Dorn of Labour spoke.",
        article="Casimir Dorn of Labour spoke.",
    ),
    Row("plain after a quote", "“We lost.” Motoring groups agreed.", "“We lost.” Groups of drivers agreed."),
    Row("all capitals", "FERRY SINKS OFF GULL HEAD", "A ship went down."),
    Row(
        "other Korea",
        "South Korea launched a missile.",
        "North Korea launched a missile.",
        "wrong",
        "The cited sentence names “North Korea”, not “South Korea”.",
        "South Korea",
    ),
    Row(
        "other Reyl",
        "Anton Reyl wants a ballot.",
        "Dana Reyl wants a ballot.",
        "wrong",
        "names “Dana Reyl”, not “Anton Reyl”",
        "Anton Reyl",
        article=PLANT,
    ),
    Row(
        "other Reyl before",
        "Anton Reyl wants a ballot.",
        "Reyl wants a ballot.",
        "wrong",
        "“Dana Reyl”",
        "Anton Reyl",
        before="Dana Reyl spoke.",
        article=PLANT,
    ),
    Row(
        "first name unknown",
        "Boris Reyl wants a ballot.",
        "Dana Reyl wants a ballot.",
        "wrong",
        "“Dana Reyl”",
        "Boris Reyl",
    ),
    Row(
        "other northern place",
        "Northern Kelmara flooded.",
        "Southern Kelmara flooded.",
        "wrong",
        "“Southern Kelmara”",
        "Northern Kelmara",
    ),
    Row(
        "name from nowhere",
        "Karl Benning left.",
        "The head of the board left.",
        "absent",
        "“Karl Benning” is not in the cited sentence.",
        "Karl Benning",
    ),
    Row("other person", "Benning met Rutte.", "Benning met Austin.", "absent", "which names “Austin”", "Rutte"),
    Row(
        "other organisation",
        "The strike hit Dunmarrow Pipes.",
        "The strike hit Aldermoor Cells.",
        "absent",
        "“Aldermoor Cells”",
        "Dunmarrow Pipes",
    ),
    Row(
        "other acronym",
        "The BWA objected.",
        "The Kelmaran Metalworkers’ Union objected.",
        "absent",
        "“BWA” is not",
        "BWA",
        article=PLANT,
    ),
    Row(
        "other country",
        "Troops went to Ukraine.",
        "Troops went to Russia.",
        "absent",
        "which names “Russia”",
        "Ukraine",
    ),
    Row("other people", "Russian farmers objected.", "Ukrainian farmers objected.", "absent", "“Russian”", "Russian"),
    Row("other city", "The fire was in Cadwell.", "The fire was in Tolvan.", "absent", "“Tolvan”", "Cadwell"),
    Row(
        "name only in the article",
        "Petra Vossberg resigned.",
        "Henrik Osgood resigned.",
        "absent",
        "“Henrik Osgood”",
        "Petra Vossberg",
        article="Petra Vossberg stayed. Henrik Osgood resigned.",
    ),
    Row(
        "name at the start",
        "Rutte confirmed it.",
        "Austin confirmed it.",
        "absent",
        "“Rutte”",
        "Rutte",
        article="So did Mark Rutte and Lloyd Austin.",
    ),
    Row(
        "other ship",
        "The ferry Maren Star sank.",
        "The ferry Maren Light sank.",
        "absent",
        "“Maren Light”",
        "Maren Star",
    ),
    Row(
        "other hospital",
        "They went to St. Orrin’s Hospital.",
        "They went to Ellery General Hospital.",
        "wrong",
        "names “Ellery General Hospital”, not “St. Orrin’s Hospital”",
        "St. Orrin’s Hospital",
    ),
    Row(
        "other speaker",
        "Said Olaf Brenn: it is over.",
        "Said Katya Brun: it is over.",
        "absent",
        "“Katya Brun”",
        "Olaf Brenn",
    ),
    Row(
        "invented minister",
        "Economy Minister Ulla Fenn wrote.",
        "Economy Minister Livia Sandrel wrote.",
        "absent",
        "Livia Sandrel",
        "Economy Minister Ulla Fenn",
    ),
    Row("Bill", "Bill Dorn spoke.", "William Dorn spoke."),
    Row("Alex", "Alex Dorn spoke.", "Alexander Dorn spoke."),
    Row(
        "two letters are no nickname",
        "Daniel Reyl spoke.",
        "Dana Reyl spoke.",
        "wrong",
        "names “Dana Reyl”, not “Daniel Reyl”",
        "Daniel Reyl",
    ),
]


@pytest.mark.parametrize("row", params(ROWS))
def test_a_name_is_held_against_the_source(row: Row) -> None:
    holds(check, row)


def test_names_are_read_in_order() -> None:
    found = [name.text for name in names("On Monday Mayor Anton Reyl met the Marine Accident Board in Port Ellery.")]
    assert found == ["Mayor Anton Reyl", "Marine Accident Board", "Port Ellery"]
