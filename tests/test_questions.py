import pytest

from assistant.questions import answer_type, stand_alone

TROOPS = "How many North Korean troops are in Russia?"


@pytest.mark.parametrize(
    ("question", "before", "said", "alone"),
    [
        ("And how many of them are in Kursk?", TROOPS, "", "How many of the North Korean troops are in Kursk?"),
        ("And where are they?", TROOPS, "", "Where are the North Korean troops?"),
        ("What about Kursk?", TROOPS, "", "How many North Korean troops are in Kursk?"),
        ("In Kursk?", TROOPS, "", "How many North Korean troops are in Kursk?"),
        ("How high did it go?", "How long did the missile fly?", "", "How high did the missile go?"),
        (
            "What did he say?",
            "Who is NATO's chief?",
            "NATO chief Mark Rutte confirmed the reports.",
            "What did Mark Rutte say?",
        ),
        ("Who is Putin?", TROOPS, "", "Who is Putin?"),
        ("How long did the missile fly?", TROOPS, "", "How long did the missile fly?"),
        ("Is there a strike?", "Who leads the union?", "", "Is there a strike?"),
        ("Which of those measures failed?", "What was proposed?", "", "Which of those measures failed?"),
        ("Who owns it?", "How many people are on board the Maren Light?", "", "Who owns Maren Light?"),
        ("And where are they?", None, "", "And where are they?"),
    ],
)
def test_a_follow_up_is_made_to_stand_alone(question: str, before: str | None, said: str, alone: str) -> None:
    assert stand_alone(question, before, said=said) == alone


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many people are missing?", "number"),
        ("How long did it last?", "number"),
        ("What percentage of jobs will go?", "number"),
        ("Who leads the union?", "person"),
        ("When did the ferry sink?", "time"),
        ("What day was it?", "time"),
        ("Where was the raft found?", "place"),
        ("Why did it sink?", "other"),
        ("What did the mayor say?", "other"),
    ],
)
def test_the_kind_of_answer_is_told(question: str, kind: str) -> None:
    assert answer_type(question) == kind
