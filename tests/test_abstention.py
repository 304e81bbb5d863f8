import time

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
