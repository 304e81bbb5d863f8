"""Quoted words of a claim against the words of its source."""

import pytest
from tables import Row, holds, params

from assistant.checks.quotations import check, quotations, unclosed

GRINDER = "“Putin is throwing Russians into a meat grinder of his own making,” he commented."
ROWS = [
    Row("exact", "He spoke of “a meat grinder of his own making”.", GRINDER),
    Row("straight marks", 'He spoke of "a meat grinder of his own making".', GRINDER),
    Row("single marks", "He spoke of ‘a meat grinder’.", GRINDER),
    Row("single straight marks", "He spoke of a 'meat grinder' again.", GRINDER),
    Row("capital", "“A meat grinder of his own making,” he said.", GRINDER),
    Row("end mark", "“Putin is throwing Russians into a meat grinder.”", GRINDER),
    Row("ellipsis", "“Putin is throwing … into a meat grinder,” he said.", GRINDER),
    Row("three points", "“Putin is throwing... into a meat grinder,” he said.", GRINDER),
    Row("bracket", "“[The president] is throwing Russians into a meat grinder,” he said.", GRINDER),
    Row("bracketed letter", "“[A] meat grinder of his own making,” he said.", GRINDER),
    Row("nested", "“She said ‘no’ to us,” Dorn said.", "“She said “no” to us,” Dorn said."),
    Row("nested straight", "\"She said 'no' to us,\" Dorn said.", "“She said ‘no’ to us,” Dorn said."),
    Row("scare word", "The “safe” water made them ill.", "The water, called safe, made them ill."),
    Row("apostrophes", "The workers' pay and the bosses' pay differ.", "Pay differs."),
    Row("curly apostrophes", "The workers’ pay and the bosses’ pay differ.", "Pay differs."),
    Row("the '90s", "In the '90s, the towns' mills closed.", "The mills closed long ago."),
    Row(
        "apostrophe inside", "“We don’t see them coming back,” she said.", '"We don\'t see them coming back," she said.'
    ),
    Row("dash", "“It went down — fast,” he said.", "“It went down – fast,” he said."),
    Row("no quotation", "He spoke of a shredder.", GRINDER),
    Row("own prose quoted", "The plan “cut jobs”.", "The plan will cut jobs."),
    Row("unbalanced", "He said “the road is long.", "He said that the way is far."),
    Row(
        "changed word",
        "“Putin is throwing Russians into a meat shredder,” he said.",
        GRINDER,
        "wrong",
        "the cited sentence says “grinder”, not “shredder”",
        "Putin is throwing Russians into a meat shredder,",
    ),
    Row(
        "changed first word",
        "“Drop by drop it went,” he said.",
        "“Bit by drop it went,” he said.",
        "wrong",
        "“bit”, not “drop”",
        "Drop by drop it went,",
    ),
    Row(
        "word left out",
        "“Putin is throwing into a meat grinder of his own making,” he said.",
        GRINDER,
        "wrong",
        "“russians” is left out",
        "Putin is throwing into a meat grinder of his own making,",
    ),
    Row(
        "word added",
        "“A large meat grinder of his own making,” he said.",
        GRINDER,
        "wrong",
        "“large” is added",
        "A large meat grinder of his own making,",
    ),
    Row(
        "lost not",
        "“We will come back,” she said.",
        "“We will not come back,” she said.",
        "wrong",
        "“not” is left out",
        "We will come back,",
    ),
    Row(
        "number changed",
        "“We lost twenty men that night,” he said.",
        "“We lost thirty men that night,” he said.",
        "wrong",
        "“thirty”, not “twenty”",
        "We lost twenty men that night,",
    ),
    Row(
        "invented",
        "“The king is dead,” he said.",
        GRINDER,
        "absent",
        "The quoted words “The king is dead,” are not in the cited sentence.",
        "The king is dead,",
    ),
    Row("invented word", "The “historic” vote failed.", "The vote failed.", "absent", "“historic”", "historic"),
    Row("part of a word", "It was “art”.", "It was a party.", "absent", "“art”", "art"),
    Row("single marks, invented", "It was a ‘disaster’.", "It was bad.", "absent", "“disaster”", "disaster"),
    Row("straight, invented", 'It was a "disaster".', "It was bad.", "absent", "“disaster”", "disaster"),
    Row(
        "paraphrase in quotes",
        "“Nobody will ever repay the whole subsidy,” he said.",
        "He denied that the firm must give money back.",
        "absent",
        "are not in the cited sentence",
        "Nobody will ever repay the whole subsidy,",
    ),
    Row(
        "second part missing",
        "“Putin is throwing … under a bus,” he said.",
        GRINDER,
        "absent",
        "under a bus",
        "Putin is throwing … under a bus,",
    ),
    Row(
        "quoted title",
        "She sang “Harbour Lights”.",
        "She sang an old song.",
        "absent",
        "“Harbour Lights”",
        "Harbour Lights",
    ),
]


@pytest.mark.parametrize("row", params(ROWS))
def test_a_quotation_is_held_against_the_source(row: Row) -> None:
    holds(check, row)


def test_each_quotation_has_its_place() -> None:
    text = "He said “no”, then 'never', then ‘it’s over’."
    assert [(words, text[span.start : span.end]) for words, span in quotations(text)] == [
        ("no", "no"),
        ("never", "never"),
        ("it’s over", "it’s over"),
    ]


@pytest.mark.parametrize(
    ("ahead", "text", "found"),
    [
        ("", "“The mayor stole it.", ["The mayor stole it."]),
        ("“We were robbed. ", "The mayor stole it. He knew.", ["The mayor stole it. He knew."]),
        ("“We were robbed. ", "He knew,” she said.", ["He knew,"]),
        ("“We were robbed,” she said. ", "The mayor left.", []),
        ('"We were robbed. ', "He knew.", ["He knew."]),
        ("", "She said “no”.", []),
    ],
    ids=["opens", "inside", "closes", "closed before", "straight", "closed"],
)
def test_a_quotation_may_run_on_over_sentences(ahead: str, text: str, found: list[str]) -> None:
    assert unclosed(ahead, text) == found
