from pathlib import Path

import pytest
from doubles import ToyEncoder, article

from bench import corpora
from bench.metrics import Place
from bench.replies import Asked, Reply, ask_all, only
from bench.workspace import Workspace
from index.articles import Span

SANK, BURNED = "The Blue Heron ferry sank off Lindholm.", "The paper mill in Ostby burned down."


@pytest.mark.parametrize(
    ("text", "slots", "right"),
    [
        pytest.param("It sank off Lindholm.", [["Ostby", "Lindholm"]], True, id="an accepted string"),
        pytest.param("It sank off Lindholm.", [["Lindholm"], ["ferry"]], False, id="a slot left open"),
        pytest.param("Yes. No ferry sank.", [["Yes"]], True, id="yes, said first"),
        pytest.param("No. Yes, they said.", [["yes"]], False, id="yes, said too late"),
        pytest.param("No. Yes, they said.", [["yes", "aye"]], True, id="one of several strings is no yes-or-no answer"),
    ],
)
def test_a_reply_is_right_by_its_slots(text: str, slots: list[list[str]], right: bool) -> None:
    assert Reply(text, abstained=False, cited=()).is_right(slots) is right


def test_an_abstention_is_never_right() -> None:
    assert not Reply("It sank off Lindholm.", abstained=True, cited=()).is_right([["Lindholm"]])


def test_every_citation_has_its_source() -> None:
    first, second = (Place(name, Span(0, 9)) for name in "ab")
    assert Reply("", abstained=False, cited=((first, second), (), (first,))).sources == ["a", "b", "a"]


def test_questions_are_answered_in_order_from_what_they_may_be_answered_from(tmp_path: Path) -> None:
    corpus = corpora.passages("toy", [SANK, BURNED])
    workspace = Workspace(tmp_path, ToyEncoder(), lambda line: None)
    question = "Which ferry sank off Lindholm?"
    with workspace.library(corpus) as library:
        wanted = [Asked(question, only(corpus, [BURNED])), Asked(question, only(corpus, [SANK])), Asked(question)]
        nothing, *found = ask_all(workspace, "toy", library, wanted)
    assert nothing.abstained
    where = Place(article(SANK).id, Span(0, len(SANK)))
    assert [(each.text, each.cited) for each in found] == [(SANK, ((where,),))] * 2
