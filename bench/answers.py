"""What the product answers without a model: when it abstains, whether it is right, and what it cites.

Every answer comes from the public `ask`, as a user's would; knows nothing of how it is made.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answers import Answer, collect
from assistant.chat import ask
from assistant.extractive import ExtractiveWriter
from bench import corpora, metrics
from bench.conversations import asked
from bench.corpora import Corpus
from bench.data import Data, Record
from bench.metrics import Place
from bench.report import Figure
from bench.workspace import Workspace
from index.articles import Span
from index.library import Filters, Library
from index.periods import day_of

# At most so many passages are shown for one question of rgb, and the shares of them that do not hold the answer.
_SHOWN = 5
_NOISE = (0.0, 0.2, 0.4, 0.6, 0.8)
_NOISE_WITH_ANSWER = 0.4


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


def multihop_rag(data: Data, workspace: Workspace) -> list[Figure]:
    """Answers over several news articles, with gold evidence for some questions."""
    name, corpus = "multihop_rag", corpora.multihop_rag(data)
    records = [*data.read("multihop_rag/queries"), *data.read("multihop_rag/answers_only")]
    with workspace.library(corpus) as library:
        replies = _ask_all(workspace, f"{name} answers", library, [Asked(record["query"]) for record in records])
    places = corpora.evidence_places(data, corpus)
    pairs = list(zip(records, replies, strict=True))
    figures = _abstention(name, [(reply, record["question_type"] != "null_query") for record, reply in pairs])
    figures += _citations(name, [(reply, places(record)) for record, reply in pairs if record.get("evidence")])
    for kind in sorted({record["question_type"] for record in records if record.get("evidence")}):
        right = [_is_right(reply, [[r["answer"]]]) for r, reply in pairs if r["question_type"] == kind]
        figures.append(_mean(f"{name}/Correct/{kind}", right))
    return figures


def rgb(data: Data, workspace: Workspace) -> list[Figure]:
    """Short questions with passages that hold the answer among others on the topic that do not."""
    name, corpus = "rgb", corpora.rgb(data)
    records = data.read("rgb/rgb_en")
    # Without passages there is nothing to abstain from; an empty choice would mean all of them.
    noisy = [record for record in records if record["negative"]]
    figures: list[Figure] = []
    with workspace.library(corpus) as library:

        def replies(asked: Sequence[Record], share: float) -> list[Reply]:
            wanted = [Asked(record["query"], _only(corpus, _shown(record, share))) for record in asked]
            return _ask_all(workspace, f"{name} with {share:.0%} noise", library, wanted)

        answered = {share: replies(records, share) for share in _NOISE}
        nothing = replies(noisy, 1.0)
    for share, found in answered.items():
        right = [_is_right(reply, record["answers"]) for record, reply in zip(records, found, strict=True)]
        figures.append(_mean(f"{name}/Correct/{share}", right))
    known = [(reply, True) for reply in answered[_NOISE_WITH_ANSWER]]
    return figures + _abstention(name, [*known, *((reply, False) for reply in nothing)])


def rgb_fact(data: Data, workspace: Workspace) -> list[Figure]:
    """False passages beside a true one: are both versions shown?"""
    records = data.read("rgb/rgb_en_fact")
    texts = [text for record in records for text in (*record["positive_wrong"], *record["positive"])]
    corpus = corpora.passages("rgb_fact", texts)
    with workspace.library(corpus) as library:
        wanted = [Asked(r["query"], _only(corpus, [*r["positive_wrong"], *r["positive"][:1]])) for r in records]
        replies = _ask_all(workspace, "rgb_fact", library, wanted)
    both = [
        metrics.correct(reply.text, record["answers"]) and metrics.correct(reply.text, [[record["fake_answer"]]])
        for record, reply in zip(records, replies, strict=True)
    ]
    return [_mean("rgb_fact/both_shown", both)]


def squad2_sample(data: Data, workspace: Workspace) -> list[Figure]:
    """One passage a question; half of the questions it does not answer."""
    name, records = "squad2_sample", data.read("unanswerable/squad2_sample")
    corpus = corpora.passages(name, [record["context"] for record in records])
    with workspace.library(corpus) as library:
        wanted = [Asked(record["question"], _only(corpus, [record["context"]])) for record in records]
        replies = _ask_all(workspace, name, library, wanted)
    return _abstention(name, [(reply, r["answerable"]) for r, reply in zip(records, replies, strict=True)])


def mtrag_un(data: Data, workspace: Workspace) -> list[Figure]:
    """Last questions of conversations, answerable or not."""
    name, corpus = "mtrag_un", corpora.mtrag_un(data)
    wanted = ("answerable", "unanswerable")
    records = [record for record in data.read("followup/mtrag_un") if record["answerability"] in wanted]
    with workspace.library(corpus) as library:
        replies = _ask_all(workspace, f"{name} answers", library, [Asked(asked(record)) for record in records])
    kinds = [record["answerability"] == "answerable" for record in records]
    return _abstention(name, list(zip(replies, kinds, strict=True)))


def realtimeqa(data: Data, workspace: Workspace) -> list[Figure]:
    """Quiz questions on the week's news, where the articles found that week hold the answer's words."""
    name, corpus = "realtimeqa", corpora.realtimeqa(data)
    records = [record for record in data.read("realtimeqa/questions") if any(record["weak_gold"])]
    with workspace.library(corpus) as library:
        wanted = [Asked(r["question"], today=day_of(r["question_date"])) for r in records]
        replies = _ask_all(workspace, f"{name} answers", library, wanted)
    right = [_is_right(reply, [[r["answer"]]]) for r, reply in zip(records, replies, strict=True)]
    return [_mean(f"{name}/Correct", right)]


# Asking


def _ask_all(workspace: Workspace, what: str, library: Library, wanted: Sequence[Asked]) -> list[Reply]:
    return [_reply(library, each) for each in workspace.watched(wanted, what, "questions")]


def _reply(library: Library, wanted: Asked) -> Reply:
    events = ask(library, wanted.question, writer=ExtractiveWriter(), filters=wanted.filters, today=wanted.today)
    answer = collect(events)
    return Reply(
        " ".join(sentence.text for sentence in answer.sentences), answer.status == "not_found", tuple(_cited(answer))
    )


def _cited(answer: Answer) -> Iterator[tuple[Place, ...]]:
    for sentence in answer.sentences:
        yield tuple(Place(each.article.id, Span(each.start, each.end)) for each in sentence.citations)


def _only(corpus: Corpus, texts: Iterable[str]) -> Filters:
    return Filters(article_ids=corpus.article_ids(texts))


def _shown(record: Record, noise: float) -> list[str]:
    """The passages that are shown: those with the answer first in file order, then mixed by the record's id."""
    others = record["negative"][: round(_SHOWN * noise)]
    texts = [*record["positive"][: _SHOWN - len(others)], *others] if noise < 1 else record["negative"][:_SHOWN]
    return random.Random(record["id"]).sample(texts, len(texts))  # noqa: S311  an order, no secret


# Figures


def _is_right(reply: Reply, slots: Sequence[Sequence[str]]) -> bool:
    """Whether the reply is right; an abstention is not."""
    if reply.abstained:
        return False
    only = slots[0][0] if len(slots) == len(slots[0]) == 1 else ""
    return metrics.correct_yes_no(reply.text, only) if metrics.is_yes_no(only) else metrics.correct(reply.text, slots)


def _mean(key: str, values: Sequence[bool]) -> Figure:
    return Figure(key, metrics.micro(list(map(float, values))), len(values))


def _abstention(name: str, replies: Sequence[tuple[Reply, bool]]) -> list[Figure]:
    found = metrics.abstention(
        answerable=[reply.abstained for reply, answerable in replies if answerable],
        unanswerable=[reply.abstained for reply, answerable in replies if not answerable],
    )
    values = {
        "abstain_BA": found.balanced_accuracy,
        "rejection": found.rejection,
        "false_rejection": found.false_rejection,
    }
    return [Figure(f"{name}/{measure}", value, len(replies)) for measure, value in values.items()]


def _citations(name: str, replies: Sequence[tuple[Reply, Sequence[Place]]]) -> list[Figure]:
    """Precision over the answers that cite, recall over all of them."""
    citing = [metrics.citing(reply.cited, gold) for reply, gold in replies]
    measures: Mapping[str, Callable[[metrics.Citing], float | None]] = {
        "cite_precision": lambda each: each.precision,
        "cite_recall": lambda each: each.recall,
        "cite_doc_precision": lambda each: each.doc_precision,
        "cite_doc_recall": lambda each: each.doc_recall,
    }
    found = {measure: [value for each in citing if (value := of(each)) is not None] for measure, of in measures.items()}
    found["uncited"] = [share for reply, _ in replies if (share := metrics.uncited(reply.cited)) is not None]
    return [Figure(f"{name}/{measure}", metrics.micro(values), len(values)) for measure, values in found.items()]
