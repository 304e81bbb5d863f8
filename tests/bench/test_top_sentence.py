from collections.abc import Iterator
from pathlib import Path

import pytest
from doubles import ToyEncoder, article

from bench.metrics import Place
from bench.replies import Reply
from bench.top_sentence import TopSentence
from index import ingest
from index.articles import Span
from index.library import Library

FERRY = article("Harbour news. The ferry sank off Lindholm. All were saved.")
MILL = article("The mill burned down. The mill of Ostby, they said, was old.")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path, ToyEncoder()) as opened:
        ingest.add_all(opened, [FERRY, MILL])
        yield opened


def test_the_sentence_with_the_rarest_words_answers_and_cites_itself(library: Library) -> None:
    said = "The ferry sank off Lindholm."
    start = FERRY.text.index(said)
    place = Place(FERRY.id, Span(start, start + len(said)))
    # "the" is in all sentences on the mill too.
    reply = TopSentence(library, [MILL.id, FERRY.id]).answer("Where did the ferry sink?")
    assert reply == Reply(said, abstained=False, cited=((place,),))


def test_only_these_articles_answer(library: Library) -> None:
    reply = TopSentence(library, [MILL.id]).answer("Where did the ferry sink?")
    assert reply.sources == [MILL.id]


def test_a_question_without_a_word_in_common_is_not_answered(library: Library) -> None:
    assert TopSentence(library, [FERRY.id, MILL.id]).answer("Who sang?") == Reply("", abstained=True, cited=())
