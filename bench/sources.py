"""Which of a question's own sources an answer rests on: those that are still true, those that people quoted."""

import re
from collections.abc import Sequence

from bench import corpora, metrics
from bench.corpora import Corpus
from bench.data import Data, Record
from bench.replies import Asked, ask_all, only
from bench.report import Figure, mean
from bench.workspace import Workspace
from index.periods import day_of

# [ 2 some words ] in an answer written by a person quotes the source with that number.
_QUOTED = re.compile(r"\[\s*(\d+)\s")


def evotemp(data: Data, workspace: Workspace) -> list[Figure]:
    """Questions whose answer has changed, over older and newer texts, and the same without the texts' dates.

    A text that is given both as current and as outdated counts as current.
    """
    name = "evotemp"
    records = [record for record in data.read("evotemp/evotemp") if record["answer_in_current"]]
    figures: list[Figure] = []
    for ending, dated in (("", True), ("/undated", False)):
        corpus = corpora.evotemp(records, dated=dated)
        wanted = [
            Asked(record["query"], only(corpus, _texts(record["docs"])), day_of(record["question_date"]))
            for record in records
        ]
        with workspace.library(corpus) as library:
            replies = ask_all(workspace, f"{name}{ending}", library, wanted)
        pairs = list(zip(records, replies, strict=True))
        figures.append(mean(f"{name}/Correct{ending}", [reply.is_right(r["answers"]) for r, reply in pairs]))
        shares = [metrics.share_in(reply.sources, _current(corpus, record)) for record, reply in pairs]
        figures.append(mean(f"{name}/current_cited{ending}", shares))
    return figures


def quotesum(data: Data, workspace: Workspace) -> list[Figure]:
    """Questions that several texts answer, each in its way; people answered by quoting them."""
    name, records = "quotesum", data.read("citation/quotesum")
    sources = [{**source, "doc_id": _source_id(r, source["n"])} for r in records for source in r["sources"]]
    corpus = corpora.documents(name, sources)
    wanted = [Asked(r["question"], only(corpus, [_source_id(r, each["n"]) for each in r["sources"]])) for r in records]
    with workspace.library(corpus) as library:
        replies = ask_all(workspace, name, library, wanted)
    pairs = [(record, reply, _quoted(corpus, record)) for record, reply in zip(records, replies, strict=True)]
    recalls = [metrics.share_in(quoted, set(reply.sources)) for _, reply, quoted in pairs]
    precisions = [metrics.share_in(set(reply.sources), quoted) for _, reply, quoted in pairs]
    present = [
        metrics.share([reply.is_right([[each]]) for each in r["short_answers"].values()]) for r, reply, _ in pairs
    ]
    return [
        mean(f"{name}/recall", recalls),
        mean(f"{name}/precision", precisions),
        mean(f"{name}/short_answers", present),
    ]


def _texts(docs: Sequence[Record]) -> list[str]:
    return [doc["text"] for doc in docs]


def _current(corpus: Corpus, record: Record) -> set[str]:
    return set(corpus.article_ids(_texts([doc for doc in record["docs"] if doc["current"]])))


def _source_id(record: Record, number: int) -> str:
    return f"{record['id']}/{number}"


def _quoted(corpus: Corpus, record: Record) -> set[str]:
    """The sources that any person quoted."""
    numbers = {int(found) for summary in record["summaries"] for found in _QUOTED.findall(summary)}
    ids = [_source_id(record, source["n"]) for source in record["sources"] if source["n"] in numbers]
    return {corpus.article(each).id for each in ids}
