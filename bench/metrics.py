"""The measures by their definitions, as pure functions of numbers, ids and texts. Knows nothing of sets or search.

A measure of one record returns that record's value; `micro` and `macro` make means of them.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np

from index.articles import Span

_PLAIN = str.maketrans({**dict.fromkeys("‘’‚‛′", "'"), **dict.fromkeys("“”„‟″", '"'), **dict.fromkeys("‐‑‒–—―−", "-")})
_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
# Signs that SQuAD's own script drops as punctuation though Unicode calls them symbols.
_SYMBOLS = frozenset("$+<=>^`|~")


# Texts


def plain(text: str) -> str:
    """N(s): lower case, curly quotes and long dashes made plain, white space collapsed."""
    return " ".join(text.translate(_PLAIN).lower().split())


def answer_form(text: str) -> str:
    """A(s): N(s) without punctuation and without the words a, an, the."""
    kept = "".join(char for char in plain(text) if char not in _SYMBOLS and unicodedata.category(char)[0] != "P")
    return " ".join(_ARTICLES.sub(" ", kept).split())


def correct(response: str, slots: Sequence[Sequence[str]]) -> bool:
    """Whether each slot has an accepted string that stands in the response, as whole words."""
    said = f" {answer_form(response)} "
    return all(any(f" {form} " in said for form in map(answer_form, slot) if form) for slot in slots)


def correct_yes_no(response: str, answer: str) -> bool:
    """Whether the first yes or no in the response is the answer."""
    first = next((word for word in answer_form(response).split() if word in ("yes", "no")), None)
    return first == answer_form(answer)


def is_yes_no(answer: str) -> bool:
    """Whether an answer is judged by `correct_yes_no`."""
    return answer_form(answer) in ("yes", "no")


def exact(text: str, wanted: str) -> bool:
    """Whether the two are the same in their answer form."""
    return answer_form(text) == answer_form(wanted)


def exact_match(response: str, answers: Sequence[str]) -> float:
    """EM: 1 when the response is one of the answers. A question without an answer wants the empty response."""
    return float(any(exact(response, answer) for answer in answers or [""]))


def answer_f1(response: str, answers: Sequence[str]) -> float:
    """F1 over words against the best of the answers. A question without an answer wants the empty response."""
    said = answer_form(response).split()
    return max(_bag_f1(said, answer_form(answer).split()) for answer in answers or [""])


def token_f1(text: str, wanted: str) -> float:
    """tokF1: F1 over the bags of lower-cased words."""
    return _bag_f1(tokens(text), tokens(wanted))


def tokens(text: str) -> list[str]:
    r"""The lower-cased `\w+` runs of a text."""
    return re.findall(r"\w+", text.lower())


def _bag_f1(said: Sequence[str], wanted: Sequence[str]) -> float:
    if not said or not wanted:
        return float(said == wanted)
    shared = (Counter(said) & Counter(wanted)).total()
    return 2 * shared / (len(said) + len(wanted))


# Places


@dataclass(frozen=True)
class Place:
    """Some characters of an article: a chunk, a cited sentence, or gold evidence."""

    article_id: str
    span: Span

    def holds(self, evidence: "Place") -> bool:
        """Whether it overlaps at least half of the characters of the evidence."""
        shared = self._shared(evidence)
        return shared > 0 and 2 * shared >= evidence.span.end - evidence.span.start

    def overlaps(self, other: "Place") -> bool:
        """Whether the two share a character."""
        return self._shared(other) > 0

    def _shared(self, other: "Place") -> int:
        if self.article_id != other.article_id:
            return 0
        return min(self.span.end, other.span.end) - max(self.span.start, other.span.start)


# Evidence in chunks: for each rank, best first, the set of evidence items that its chunk holds


def hits(ranks: Sequence[Collection[int]], k: int) -> float:
    """Hits@k: 1 when any item is in the first k chunks."""
    return float(any(ranks[:k]))


def all_found(ranks: Sequence[Collection[int]], items: int, k: int) -> float:
    """All@k: 1 when every item is in the first k chunks."""
    return float(len(_union(ranks[:k])) == items)


def recall(ranks: Sequence[Collection[int]], items: int, k: int) -> float:
    """Recall@k: the share of items in the first k chunks."""
    return len(_union(ranks[:k])) / items


def reciprocal_rank(ranks: Sequence[Collection[int]], k: int = 10) -> float:
    """MRR@k: one over the rank of the first chunk with any item, 0 when none of k has one."""
    return next((1 / rank for rank, items in enumerate(ranks[:k], 1) if items), 0.0)


def _union(ranks: Sequence[Collection[int]]) -> set[int]:
    return set().union(*ranks)


# Articles, by first appearance


def doc_recall(ranked: Iterable[str], gold: Collection[str], k: int) -> float:
    """docRecall@k: the share of gold articles among the first k distinct ones."""
    return len(set(distinct(ranked)[:k]).intersection(gold)) / len(gold)


def ndcg(ranked: Iterable[str], gold: Collection[str], k: int = 10) -> float:
    """nDCG@k over distinct articles, a gold one gaining 1."""
    gained = (_discount(rank) for rank, doc in enumerate(distinct(ranked)[:k], 1) if doc in gold)
    return math.fsum(gained) / math.fsum(_discount(rank) for rank in range(1, min(k, len(gold)) + 1))


def distinct(ranked: Iterable[str]) -> list[str]:
    """The same in order of first appearance."""
    return list(dict.fromkeys(ranked))


def _discount(rank: int) -> float:
    return 1 / math.log2(rank + 1)


# Means


def micro(values: Sequence[float]) -> float:
    """The mean over records; not a number when there are none."""
    return fmean(values) if values else math.nan


def macro(values: Sequence[float], clusters: Sequence[Hashable]) -> float:
    """The mean over clusters of the means inside them."""
    inside: dict[Hashable, list[float]] = {}
    for value, cluster in zip(values, clusters, strict=True):
        inside.setdefault(cluster, []).append(value)
    return micro([fmean(each) for each in inside.values()])


# Abstention and support


@dataclass(frozen=True)
class Abstention:
    """How often was abstained where there is no answer, and where there is one."""

    rejection: float
    false_rejection: float

    @property
    def balanced_accuracy(self) -> float:
        """abstain_BA: the mean of abstaining rightly and answering rightly."""
        return (self.rejection + 1 - self.false_rejection) / 2


def abstention(*, answerable: Sequence[bool], unanswerable: Sequence[bool]) -> Abstention:
    """From whether the product abstained, a flag for each question of either kind."""
    return Abstention(micro(list(map(float, unanswerable))), micro(list(map(float, answerable))))


def auc(scores: Sequence[float], labels: Sequence[int]) -> float:
    """The probability that a supported claim scores above an unsupported one, ties counting half."""
    found, truth = np.asarray(scores, float), np.asarray(labels, bool)
    supported, unsupported = found[truth], np.sort(found[~truth])
    if not len(supported) or not len(unsupported):
        return math.nan
    below = np.searchsorted(unsupported, supported, "left")
    not_above = np.searchsorted(unsupported, supported, "right")
    return float((below + not_above).mean() / 2 / len(unsupported))


def balanced_accuracy(decisions: Sequence[bool], labels: Sequence[int]) -> float:
    """BA: the mean of the true positive and the true negative rate."""
    said, truth = np.asarray(decisions, bool), np.asarray(labels, bool)
    if truth.all() or not truth.any():
        return math.nan
    return float(said[truth].mean() + (~said[~truth]).mean()) / 2


def mean_over(by_dataset: Mapping[str, float]) -> float:
    """The plain mean over datasets."""
    return micro(list(by_dataset.values()))


# Backing sentences


@dataclass(frozen=True)
class Backing:
    """How well proposed source sentences meet the gold ones; top1 is 1 when the first one is gold."""

    top1: float
    precision: float
    recall: float
    f1: float


def backing(proposed: Sequence[Hashable], gold_sets: Sequence[Collection[Hashable]]) -> Backing:
    """Against the gold set with the best F1; of several, one that holds the first proposal."""
    return max((_backing(proposed, set(gold)) for gold in gold_sets), key=lambda each: (each.f1, each.top1))


def _backing(proposed: Sequence[Hashable], gold: set[Hashable]) -> Backing:
    right = len(gold.intersection(proposed))
    precision = right / len(set(proposed)) if proposed else 0.0
    found = right / len(gold)
    f1 = 2 * precision * found / (precision + found) if right else 0.0
    return Backing(float(proposed[0] in gold) if proposed else 0.0, precision, found, f1)


# Citations


@dataclass(frozen=True)
class Citing:
    """How well an answer cites the gold evidence. The precisions are None when it cites nothing."""

    precision: float | None
    recall: float
    doc_precision: float | None
    doc_recall: float


def citing(cited: Sequence[Sequence[Place]], gold: Sequence[Place]) -> Citing:
    """From the source sentences that each answer sentence cites."""
    places = [place for sentence in cited for place in sentence]
    docs, gold_docs = [place.article_id for place in places], {place.article_id for place in gold}
    return Citing(
        precision=share([any(map(place.overlaps, gold)) for place in places]),
        recall=fmean([any(map(item.overlaps, places)) for item in gold]),
        doc_precision=share([doc in gold_docs for doc in docs]),
        doc_recall=fmean([doc in docs for doc in gold_docs]),
    )


def uncited(cited: Sequence[Sequence[Place]]) -> float | None:
    """The share of answer sentences without a citation; None when the answer has no sentences."""
    return share([not sentence for sentence in cited])


def share_in(found: Collection[Hashable], wanted: Collection[Hashable]) -> float | None:
    """The share of what was found that is among the wanted; None when nothing was found."""
    return share([each in wanted for each in found])


def share(flags: Sequence[bool]) -> float | None:
    """The share of flags that are set; None when there are none."""
    return fmean(flags) if flags else None
