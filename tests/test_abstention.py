import time

import pytest
from doubles import article

from assistant import abstention, chat
from assistant.answers import collect
from assistant.extractive import ExtractiveWriter
from index import ingest
from index.library import Library
from index.search import search


def test_a_huge_article_is_not_read_again_for_each_sentence_and_name(library: Library) -> None:
    ingest.add_all(library, [article("Some word of Kovar Harbour and the board " * 12_500)])
    question = "What word of Kovar Harbour and the Harbour Board was said in North Korea?"
    found = search(library, question)
    started = time.process_time()
    decision = abstention.decide(library, question, found)
    assert time.process_time() - started < 1
    assert decision.missing


def test_a_name_may_stand_elsewhere_in_the_article(library: Library) -> None:
    text = "Mayor Ruth Al-Kovar spoke.\nThe ferry sank off the northern rock.\nNobody was hurt."
    ingest.add_all(library, [article(text, title="Ferry sinks")])

    def status(question: str) -> str:
        return collect(chat.ask(library, question, writer=ExtractiveWriter())).status

    assert status("Did the ferry that Ruth Al-Kovar saw sink off the northern rock?") == "answered"
    assert status("Did the ferry that Ruth Dorn saw sink off the northern rock?") == "not_found"


LONG = "and what did the reports of that week say about the deployment of soldiers to the Kursk region near the border"


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        (f"How many North Korean soldiers are in Russia according to Blinken, {LONG}?", True),
        (f"What did Wang Yi say about North Korean troops, {LONG}?", False),
        (f"How many South Korean troops are deployed in Russia according to Blinken, {LONG}?", False),
        (f"What is the price of wheat and barley in Russia, {LONG}?", False),
    ],
)
def test_a_long_question_is_answered_in_part_but_not_of_others(
    user_seed: Library, question: str, answered: bool
) -> None:
    answer = collect(chat.ask(user_seed, question, writer=ExtractiveWriter()))
    assert (answer.status == "answered") == answered


LEFT_OUT = [
    pytest.param("What did Anna Reyl say about the dam?", (), id="named in the text"),
    pytest.param("What did Anna Reyl and Tom Hale say about the dam?", ("Tom Hale",), id="one of two"),
    pytest.param("What did The Harbour Post say about the dam?", (), id="the outlet"),
    pytest.param("Is the dam safe?", (), id="no name"),
]


@pytest.mark.parametrize(("question", "expected"), LEFT_OUT)
def test_names_that_no_cited_article_has_are_told(question: str, expected: tuple[str, ...]) -> None:
    cited = article("The dam is safe, Anna Reyl said.", title="Dam", source="The Harbour Post")
    assert abstention.left_out(question, [cited]) == expected
