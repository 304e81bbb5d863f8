"""How well verdicts and backing sentences meet those of people.

Every verdict comes from the public `check` of a text against its article, as a user's would.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.answers import Answer, VerdictLabel, collect
from assistant.checking import check
from bench import corpora, metrics
from bench.data import Data
from bench.report import Figure
from bench.workspace import Workspace
from index.library import Filters, Library

# The mean is over the sets on whose cases checkers do not differ by choice.
_LEFT_OUT_OF_MEAN = "faithbench"
# Verdicts in order, so that scores of different verdicts can be ranked together.
_RANK: dict[VerdictLabel, int] = {"contradicted": 0, "not_found": 1, "partly": 2, "supported": 3}


@dataclass(frozen=True)
class Judged:
    """What the product says of a claim: supported or not, how surely in [0, 1], and what backs it, best first."""

    supported: bool
    score: float
    backing: tuple[tuple[str, str], ...]  # article id and quote


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
        metrics.backing(_lines(each, record["evidence"]), list(map(set, record["supporting_sets"])))
        for record, each in zip(records, judged, strict=True)
        if any(record["supporting_sets"])
    ]
    return [
        Figure("wice/AUC", metrics.auc([each.score for each in judged], labels), len(records)),
        Figure("wice/BA", metrics.balanced_accuracy([each.supported for each in judged], labels), len(records)),
        Figure("wice/F1", metrics.micro([each.f1 for each in backings]), len(backings)),
    ]


# Judging


def _judge(library: Library, claim: str, article_ids: tuple[str, ...]) -> Judged:
    """A claim of several sentences is as well supported as the least supported of them."""
    answer = collect(check(library, claim, filters=Filters(article_ids=article_ids)))
    scores = [(_RANK[each.verdict] + each.score) / len(_RANK) for each in answer.sentences]
    return Judged(all(each.verdict == "supported" for each in answer.sentences), min(scores), tuple(_backing(answer)))


def _backing(answer: Answer) -> Iterable[tuple[str, str]]:
    cited = [each for sentence in answer.sentences for each in sentence.citations]
    return dict.fromkeys((each.article.id, each.quote) for each in cited)


def _lines(judged: Judged, lines: Sequence[str]) -> list[int]:
    """The numbers of the lines that the backing sentences stand in."""
    found = [number for _, quote in judged.backing for number, line in enumerate(lines) if quote in line]
    return list(dict.fromkeys(found))


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
