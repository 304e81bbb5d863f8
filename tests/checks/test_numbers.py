"""Numbers of a claim against numbers of its source."""

import pytest
from tables import Row, holds, params

from assistant.checks import Source
from assistant.checks.numbers import check, quantities

ROWS = [
    Row("words for digits", "Ten thousand soldiers arrived.", "Some 10,000 soldiers arrived."),
    Row("10k", "About 10k fans came.", "Ten thousand fans came."),
    Row("million in words", "The dam cost 1.5 million crowns.", "The dam cost 1,500,000 crowns."),
    Row("euros after", "It cost 1.2 million euros.", "It cost €1.2 million."),
    Row("billion with letters", "The fund holds $5bn.", "The fund holds five billion dollars."),
    Row("percent sign", "Turnout was 12%.", "Turnout was 12 percent."),
    Row("per cent", "Turnout was twelve per cent.", "Turnout was 12 percent."),
    Row("ordinal in words", "It was the twelfth test this year.", "It was the 12th test this year."),
    Row("half is fifty percent", "Half of the members voted.", "50 percent of the members voted."),
    Row("a third", "A third of the wells were dry.", "Some 33 percent of the wells were dry."),
    Row("two-thirds", "A majority of two-thirds is needed.", "A majority of two thirds is needed."),
    Row("dozens have no value", "Dozens fell ill.", "A great many fell ill."),
    Row("one as pronoun", "No one was hurt and one of them laughed.", "Nobody was hurt; somebody laughed."),
    Row("range with a dash", "It takes 5 to 7 days.", "It takes 5–7 days."),
    Row("same score", "Tolvan won 3-2.", "Tolvan beat Cadwell 3–2."),
    Row("clock times", "The ferry sank at 7:25 p.m.", "It went down at 7.25 p.m. off the head."),
    Row("24 hours", "The ferry sank at 19:25.", "It went down at 7.25 p.m. off the head."),
    Row("noon", "It ended at 12:00.", "It ended at noon."),
    Row("age with hyphens", "The teacher is 34 years old.", "A 34-year-old teacher was saved."),
    Row("bare age", "Eskeldt, 34, was saved.", "A 34-year-old teacher was saved."),
    Row("more than, rounded", "More than 10,000 came.", "Exactly 10,213 people came."),
    Row("nearly, rounded", "Nearly 10,000 came.", "In all 9,870 people came."),
    Row("about, rounded", "About 10,000 came.", "In all 10,213 people came."),
    Row("rounded to two digits", "It cost 1.2 million crowns.", "It cost 1,213,457 crowns."),
    Row("an hour and some minutes", "The flight lasted 86 minutes.", "The flight lasted one hour and 26 minutes."),
    Row("kilometres in metres", "It lies 2,000 metres off.", "It lies two kilometres off."),
    Row("a model's number", "A Boeing 737 landed.", "The Boeing 737 landed safely."),
    Row("virus name", "COVID-19 cases rose.", "Coronavirus cases rose."),
    Row("decade", "It was built in the 1990s.", "It was built in 1994."),
    Row("last year", "It opened in 2025.", "It opened last year.", day="2026-03-04"),
    Row("an hour", "It took one hour.", "It took an hour."),
    Row("none", "There were zero deaths.", "No one has died."),
    Row("part of a date", "They meet on 12 March.", "They will meet next week."),
    Row("two and a half", "It took two and a half hours.", "It took 2.5 hours."),
    Row(
        "tenfold",
        "100,000 troops are there.",
        "Some 10,000 troops are there.",
        "wrong",
        "100,000 is not in the cited sentence, which says 10,000.",
        "100,000",
    ),
    Row(
        "swapped digits",
        "The company cuts 430 jobs.",
        "The company cuts 340 of the 2,150 jobs.",
        "wrong",
        "says 340",
        "430",
    ),
    Row(
        "percent or people",
        "12 percent fell ill.",
        "In all 12 people fell ill.",
        "wrong",
        "which says 12 people",
        "12 percent",
    ),
    Row(
        "percentage points",
        "It rose by 2 percent.",
        "It rose by 2 percentage points.",
        "wrong",
        "2 percentage points",
        "2 percent",
    ),
    Row(
        "dollars for euros", "It cost $85 million.", "It cost €85 million.", "wrong", "says €85 million", "$85 million"
    ),
    Row(
        "pounds for euros",
        "It cost 85 million pounds.",
        "It cost 85 million euros.",
        "wrong",
        "85 million euros",
        "85 million",
    ),
    Row(
        "other ordinal",
        "It was the second round of cuts.",
        "It is the third round of cuts.",
        "wrong",
        "says third",
        "second",
    ),
    Row(
        "more than is too much", "More than 10,000 came.", "In all 9,870 people came.", "wrong", "says 9,870", "10,000"
    ),
    Row("more for fewer", "More than 500 came.", "Fewer than 500 people came.", "wrong", "says fewer than 500", "500"),
    Row("other score", "Tolvan won 3-1.", "Tolvan won 3-2.", "wrong", "says 3-2", "3-1"),
    Row("turned score", "Tolvan lost 2-3.", "Tolvan won 3-2.", "wrong", "says 3-2", "2-3"),
    Row("other hour", "It sank at 8:25 p.m.", "It sank at 7.25 p.m.", "wrong", "says 7.25 p.m.", "8:25 p.m."),
    Row("morning for evening", "It sank at 7.25 a.m.", "It sank at 7.25 p.m.", "wrong", "says 7.25 p.m.", "7.25 a.m."),
    Row("minutes or people", "It took 26 minutes.", "There were 26 people.", "wrong", "which says 26 people", "26"),
    Row(
        "hours for minutes",
        "The crossing takes 35 hours.",
        "The crossing takes 35 minutes.",
        "wrong",
        "35 minutes",
        "35",
    ),
    Row("other year", "The plant opened in 2019.", "The plant opened in 2017.", "wrong", "says 2017", "2019"),
    Row("other age", "The 43-year-old was saved.", "A 34-year-old teacher was saved.", "wrong", "says 34", "43"),
    Row(
        "other percent",
        "Orders fell by 32 percent.",
        "Orders fell by 23 percent.",
        "wrong",
        "says 23 percent",
        "32 percent",
    ),
    Row(
        "no number at all",
        "Some 40 houses burned.",
        "Several houses burned.",
        "absent",
        "40 is not in the cited sentence.",
        "40",
    ),
    Row("age from nowhere", "Stavro, 71, died.", "Stavro, a retired pilot, died.", "absent", "71 is not in", "71"),
    Row("decimal", "The rate is 5.7 percent.", "The rate is 5.1 percent.", "wrong", "says 5.1 percent", "5.7 percent"),
    Row(
        "million for thousand",
        "It saves 640 million euros.",
        "It saves 640,000 euros.",
        "wrong",
        "says 640,000",
        "640 million",
    ),
    Row("minus in words", "It was -12 degrees.", "It was minus 12 degrees."),
    Row("below zero", "It was minus 12 degrees.", "It was 12 degrees below zero."),
    Row("a range both times", "From 50 to 100 died.", "Between 50 and 100 died."),
    Row("a share in percent", "Ten percent fell ill.", "One in ten fell ill."),
    Row("a share in parts", "Seven of the twelve agreed.", "Seven out of twelve jurors agreed."),
    Row("lost minus", "It was 12 degrees.", "It was minus 12 degrees.", "wrong", "12 is not in", "12"),
    Row("lost sign", "It was 12 degrees.", "It was -12 degrees.", "wrong", "12 is not in", "12"),
    Row("Fahrenheit", "It was 12F.", "It was 12C.", "wrong", "which says 12C", "12"),
    Row("end of a range", "In all 100 people died.", "Between 50 and 100 people died.", "absent", "100 is not", "100"),
    Row("end of a range with to", "It sends 10 ships.", "It sends 5 to 10 ships.", "absent", "10 is not", "10"),
    Row("whole of a share", "Ten doctors signed.", "Nine out of ten doctors signed.", "absent", "Ten is not", "Ten"),
    Row("by for to", "It rose to 5%.", "It rose by 5%.", "wrong", "“by 5%”, not “to 5%”", "5%"),
    Row("from for to", "It fell to 9% from 5%.", "It fell from 9% to 5%.", "wrong", "“from 9%”, not “to 9%”", "9%"),
    Row("exactly", "Exactly 500 came.", "About 500 came.", "wrong", "500", "500"),
    Row("lost up to", "It cuts 500 jobs.", "It cuts up to 500 jobs.", "stronger", "“up to 500”, not 500", "500"),
]


@pytest.mark.parametrize("row", params(ROWS))
def test_a_number_is_held_against_the_source(row: Row) -> None:
    holds(check, row)


def test_the_reason_agrees_with_two_sentences() -> None:
    source = Source(("In all 340 jobs go.", "They go in June."))
    [fault] = check("In all 430 jobs go.", source, where="the cited sentences")
    assert fault.reason == "430 is not in the cited sentences, which say 340."


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("two hundred and fifty thousand people", 250_000),
        ("half a million euros", 500_000),
        ("a dozen eggs", 12),
        ("half a dozen eggs", 6),
        ("twenty-six minutes", 26),
        ("1,234.5 tonnes", 1234.5),
        ("three quarters of the town", 0.75),
    ],
)
def test_a_number_has_its_value(text: str, value: float) -> None:
    [number] = quantities(text)
    assert number.value == value


@pytest.mark.parametrize(
    "text", ["hundreds of people", "several thousand", "no one", "a hundredfold", "an F-16 and an A320"]
)
def test_vague_words_and_names_have_no_value(text: str) -> None:
    assert quantities(text) == []
