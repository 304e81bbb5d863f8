"""Questions put to the product as a user would put them, without a model, and what comes back.

Every reply comes from the public `ask`; knows nothing of how it is made, nor of where the questions are from.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answers import Answer, collect
from assistant.chat import ask
from assistant.extractive import ExtractiveWriter
from bench import metrics
from bench.corpora import Corpus
from bench.metrics import Place
from bench.workspace import Workspace
from index.articles import Span
from index.library import Filters, Library


@dataclass(frozen=True)
class Asked:
    """A question as it is asked: what it may be answered from, and on which day."""

    question: str
    filters: Filters | None = None
    today: date | None = None


@dataclass(frozen=True)
class Reply:
    """What came back: the text, whether it was an abstention, and the places cited by each sentence."""

    text: str
    abstained: bool
    cited: tuple[tuple[Place, ...], ...]

    @property
    def sources(self) -> list[str]:
        """The article of each citation, by its id."""
        return [place.article_id for sentence in self.cited for place in sentence]

    def is_right(self, slots: Sequence[Sequence[str]]) -> bool:
        """Whether it holds an accepted string for each slot, or says yes or no as it should; an abstention does not."""
        if self.abstained:
            return False
        only = slots[0][0] if len(slots) == len(slots[0]) == 1 else ""
        return metrics.correct_yes_no(self.text, only) if metrics.is_yes_no(only) else metrics.correct(self.text, slots)


def ask_all(workspace: Workspace, what: str, library: Library, wanted: Sequence[Asked]) -> list[Reply]:
    """The reply to each question, in order."""
    return [_reply(library, each) for each in workspace.watched(wanted, what, "questions")]


def only(corpus: Corpus, doc_ids: Iterable[str]) -> Filters:
    """What lets through these documents alone. Raises MissingData when none of them is an article."""
    return Filters(article_ids=corpus.article_ids(doc_ids))


def _reply(library: Library, wanted: Asked) -> Reply:
    events = ask(library, wanted.question, writer=ExtractiveWriter(), filters=wanted.filters, today=wanted.today)
    answer = collect(events)
    return Reply(
        " ".join(sentence.text for sentence in answer.sentences), answer.status == "not_found", tuple(_cited(answer))
    )


def _cited(answer: Answer) -> Iterator[tuple[Place, ...]]:
    for sentence in answer.sentences:
        yield tuple(Place(each.article.id, Span(each.start, each.end)) for each in sentence.citations)
