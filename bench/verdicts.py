"""How well verdicts and backing sentences meet those of people.

Every verdict comes from the public `check` of a text against its article, as a user's would.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answers import Citation, collect
from assistant.checking import check
from bench import corpora, metrics
from bench.data import Data, Record
from bench.report import Figure, mean
from bench.workspace import Workspace
from index.articles import one_line
from index.library import Filters, Library

# The mean is over the sets on whose cases checkers do not differ by choice.
_LEFT_OUT_OF_MEAN = "faithbench"
# So many backing sentences are looked at where their number is not left to the product.
_PROPOSED = 3


@dataclass(frozen=True)
class Judged:
    """What the product says of a claim: supported or not, how surely in [0, 1], and what backs it or is near it."""

    supported: bool
    score: float
    backing: tuple[Citation, ...]
    near: tuple[Citation, ...]


def support(data: Data, workspace: Workspace) -> list[Figure]:
    """Claims on news articles from eight sets and one of hard cases."""
    docs = {record["doc_id"]: record for record in data.read("support/docs")}
    corpus = corpora.documents("support", docs.values())
    claims = data.read("support/claims")
    with workspace.library(corpus) as library:
        judged = [
            _judge(library, claim["claim"], corpus.article_ids([claim["doc_id"]]))
            for claim in workspace.watched(claims, "support", "claims")
        ]
    figures = _by_dataset("support", [claim["dataset"] for claim in claims], judged, [c["label"] for c in claims])
    means = []
    for measure in ("AUC", "BA"):
        counted = [e for e in figures if f"/{measure}/" in e.key and not e.key.endswith(_LEFT_OUT_OF_MEAN)]
        mean = metrics.mean_over({each.key: each.value for each in counted})
        means.append(Figure(f"support/{measure}/mean{len(counted)}", mean, sum(each.n for each in counted)))
    return figures + means


def attribution_bench(data: Data, workspace: Workspace) -> list[Figure]:
    """Sentences of answers with the passages that they cite."""
    records = data.read("citation/attribution_bench")
    corpus = corpora.passages("attribution_bench", [text for record in records for text in record["references"]])
    with workspace.library(corpus) as library:
        judged = [
            _judge(library, record["claim"], corpus.article_ids(record["references"]))
            for record in workspace.watched(records, "attribution_bench", "claims")
        ]
    datasets, labels = [record["src_dataset"] for record in records], [record["label"] for record in records]
    figures = _by_dataset("attribution_bench", datasets, judged, labels)
    for measure in ("AUC", "BA"):
        mean = metrics.mean_over({each.key: each.value for each in figures if f"/{measure}/" in each.key})
        figures.append(Figure(f"attribution_bench/{measure}/mean", mean, len(records)))
    return figures


def wice(data: Data, workspace: Workspace) -> list[Figure]:
    """Claims on cited web pages, mostly news, with the sentences that back them."""
    records = data.read("support/wice")
    pages = ["\n".join(record["evidence"]) for record in records]
    corpus = corpora.passages("wice", pages)
    with workspace.library(corpus) as library:
        judged = [
            _judge(library, record["claim"], corpus.article_ids([page]))
            for record, page in workspace.watched(list(zip(records, pages, strict=True)), "wice", "claims")
        ]
    labels = [record["label"] for record in records]
    backings = [
        metrics.backing(_lines(each, record["evidence"]), [set(each) for each in record["supporting_sets"] if each])
        for record, each in zip(records, judged, strict=True)
        if any(record["supporting_sets"])
    ]
    return [
        Figure("wice/AUC", metrics.auc([each.score for each in judged], labels), len(records)),
        Figure("wice/BA", metrics.balanced_accuracy([each.supported for each in judged], labels), len(records)),
        Figure("wice/F1", metrics.micro([each.f1 for each in backings]), len(backings)),
    ]


def multinews_aligned(data: Data, workspace: Workspace) -> list[Figure]:
    """Sentences of summaries of several articles, with the source sentences that people aligned to each.

    Sentences of the same words back a summary alike, wherever they stand.
    """
    name, records = "multinews_aligned", data.read("briefing/multinews_aligned")
    corpus = corpora.passages(name, [page for record in records for page in _pages(record)])
    pairs = [(record, each) for record in records for each in record["summary_sentences"] if each["support"]]
    with workspace.library(corpus) as library:
        backings = [
            metrics.backing(
                _proposed(_judge(library, sentence["text"], corpus.article_ids(_pages(record)))),
                [{one_line(record["documents"][gold["doc"]][gold["sent"]]) for gold in sentence["support"]}],
            )
            for record, sentence in workspace.watched(pairs, name, "sentences")
        ]
    return [
        mean(f"{name}/top1", [each.top1 for each in backings]),
        mean(f"{name}/recall{_PROPOSED}", [each.recall for each in backings]),
    ]


# Judging


def _judge(library: Library, claim: str, article_ids: tuple[str, ...]) -> Judged:
    """A claim of several sentences is as well supported as the least supported of them."""
    answer = collect(check(library, claim, filters=Filters(article_ids=article_ids)))
    cited = [each for sentence in answer.sentences for each in sentence.citations]
    near = [each for sentence in answer.sentences for each in sentence.nearest]
    supported = all(each.verdict == "supported" for each in answer.sentences)
    return Judged(supported, min(each.score for each in answer.sentences), tuple(cited), tuple(near))


def _lines(judged: Judged, lines: Sequence[str]) -> list[int]:
    """The numbers of the lines that the backing sentences stand in."""
    found = [
        number for each in judged.backing or judged.near for number, line in enumerate(lines) if each.quote in line
    ]
    return list(dict.fromkeys(found))


def _pages(record: Record) -> list[str]:
    """The documents of a topic, a line for each of their sentences."""
    return ["\n".join(map(one_line, document)) for document in record["documents"]]


def _proposed(judged: Judged) -> list[str]:
    """The first few lines that backing sentences stand in."""
    return metrics.distinct(map(_line, (*judged.backing, *judged.near)))[:_PROPOSED]


def _line(citation: Citation) -> str:
    """The line of its article that a citation starts in."""
    text, start = citation.article.text, citation.start
    return text[:start].rpartition("\n")[2] + text[start:].partition("\n")[0]


def _by_dataset(name: str, datasets: Sequence[str], judged: Sequence[Judged], labels: Sequence[int]) -> list[Figure]:
    groups: dict[str, list[int]] = defaultdict(list)
    for place, dataset in enumerate(datasets):
        groups[dataset].append(place)
    figures = []
    for dataset, places in sorted(groups.items()):
        gold = [labels[place] for place in places]
        scores = [judged[place].score for place in places]
        decisions = [judged[place].supported for place in places]
        figures.append(Figure(f"{name}/AUC/{dataset}", metrics.auc(scores, gold), len(places)))
        figures.append(Figure(f"{name}/BA/{dataset}", metrics.balanced_accuracy(decisions, gold), len(places)))
    return figures
