"""How well the product's search finds the evidence, beside plain BM25 over the same texts.

Takes its results through the public search; knows nothing of its ways.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bench import corpora, metrics
from bench.bm25 import BM25
from bench.conversations import asked, users_turns
from bench.corpora import Corpus
from bench.data import Data, Record
from bench.metrics import Place
from bench.report import Figure
from bench.workspace import Workspace
from index.articles import Span
from index.library import Filters, Library
from index.periods import day_of
from index.search import search

# How much of the baseline's ranking is looked at: as many as the product's search returns at most.
_DEPTH = 50
_CHUNKS_READ_AT_ONCE = 500


@dataclass(frozen=True)
class Wanted:
    """A question, the places of its evidence, the cluster of questions that share evidence, and the day it is asked."""

    question: str
    evidence: tuple[Place, ...]
    cluster: str = ""
    today: date | None = None

    def ranks(self, places: Sequence[Place]) -> list[set[int]]:
        """For each place, the evidence it holds, by number."""
        return [{number for number, item in enumerate(self.evidence) if place.holds(item)} for place in places]

    @property
    def gold(self) -> set[str]:
        """The articles of the evidence."""
        return {item.article_id for item in self.evidence}


# A question in, places out, best first.
Ranker = Callable[[Wanted], list[Place]]
# The value for one question of what was found.
Measure = Callable[[Wanted, Sequence[Place]], float]

_RECALL: dict[str, Measure] = {
    "Recall@10": lambda wanted, found: metrics.recall(wanted.ranks(found), len(wanted.evidence), 10)
}
_MRR: dict[str, Measure] = {"MRR@10": lambda wanted, found: metrics.reciprocal_rank(wanted.ranks(found), 10)}
_CHUNKS: dict[str, Measure] = {
    "Hits@4": lambda wanted, found: metrics.hits(wanted.ranks(found), 4),
    "Hits@10": lambda wanted, found: metrics.hits(wanted.ranks(found), 10),
    "All@10": lambda wanted, found: metrics.all_found(wanted.ranks(found), len(wanted.evidence), 10),
    **_RECALL,
    **_MRR,
}
_NDCG: dict[str, Measure] = {"nDCG@10": lambda wanted, found: metrics.ndcg(_docs(found), wanted.gold, 10)}
_ARTICLES: dict[str, Measure] = {
    "docRecall@10": lambda wanted, found: metrics.doc_recall(_docs(found), wanted.gold, 10),
    **_NDCG,
}
_PASSAGES: dict[str, Measure] = {
    "Recall@5": lambda wanted, found: metrics.doc_recall(_docs(found), wanted.gold, 5),
}


# The parts


def multihop_rag(data: Data, workspace: Workspace) -> list[Figure]:
    """Questions whose evidence is spread over several news articles."""
    name, corpus = "multihop_rag", corpora.multihop_rag(data)
    wanted = _multihop_questions(data, corpus)
    figures: list[Figure] = []
    with workspace.library(corpus) as library:
        for ending, rank in (("", _product(library)), ("/bm25", _bm25_of_chunks(library))):
            found = _ask(workspace, name + ending, rank, wanted)
            figures += _sliced(name, _CHUNKS, wanted, found, ending)
            figures += _means(name, _ARTICLES, wanted, found, ending)
    return figures


def multihop_rag_in_news_scale(data: Data, workspace: Workspace) -> list[Figure]:
    """The same among thousands of articles more, which answer nothing."""
    name, corpus = "multihop_rag+news_scale", corpora.multihop_rag(data)
    wanted = _multihop_questions(data, corpus)
    figures: list[Figure] = []
    with workspace.library(corpus.with_more(name, corpora.news_scale(data))) as library:
        for ending, rank in (("", _product(library)), ("/bm25", _bm25_of_chunks(library))):
            found = _ask(workspace, name + ending, rank, wanted)
            figures += _sliced(name, _RECALL, wanted, found, ending)
    return figures


def realtimeqa(data: Data, workspace: Workspace) -> list[Figure]:
    """Quiz questions on the week's news, each with one short article that answers it among the longer ones."""
    name, corpus = "realtimeqa", corpora.realtimeqa(data)
    wanted = [
        Wanted(
            record["question"],
            (_whole(corpus, corpora.brief_id(record)),),
            # The quiz asks of "this week".
            today=day_of(record["question_date"]),
        )
        for record in data.read("realtimeqa/questions")
        if record["evidence_text"]
    ]
    figures: list[Figure] = []
    with workspace.library(corpus) as library:
        for ending, rank in (("", _product(library)), ("/bm25", _bm25_of_articles(corpus))):
            figures += _means(name, {**_RECALL, **_MRR}, wanted, _ask(workspace, name + ending, rank, wanted), ending)
    return figures


def mtrag_un(data: Data, workspace: Workspace) -> list[Figure]:
    """The last questions of conversations, made to stand alone by the product."""
    name, corpus = "mtrag_un", corpora.mtrag_un(data)
    records = [
        record
        for record in data.read("followup/mtrag_un")
        if record["answerability"] in ("answerable", "partial") and record["contexts"]
    ]
    bm25 = _bm25_of_articles(corpus)
    figures: list[Figure] = []
    with workspace.library(corpus) as library:
        for ending, rank, question in (
            ("", _product(library), asked),
            ("/last_turn", _product(library), _last_turn),
            ("/bm25", bm25, asked),
            ("/bm25_last_turn", bm25, _last_turn),
            ("/bm25_all_turns", bm25, _all_turns),
        ):
            wanted = [Wanted(question(record), _contexts(corpus, record)) for record in records]
            figures += _means(name, _NDCG, wanted, _ask(workspace, name + ending, rank, wanted), ending)
    return figures


def rgb(data: Data, workspace: Workspace) -> list[Figure]:
    """Web passages with the answer, found among those of all questions, with and without it."""
    name, corpus = "rgb", corpora.rgb(data)
    wanted = [
        Wanted(record["query"], tuple(_whole(corpus, text) for text in record["positive"]))
        for record in data.read("rgb/rgb_en")
        if record["positive"]
    ]
    figures: list[Figure] = []
    with workspace.library(corpus) as library:
        for ending, rank in (("", _product(library)), ("/bm25", _bm25_of_articles(corpus))):
            figures += _means(name, _PASSAGES, wanted, _ask(workspace, name + ending, rank, wanted), ending)
    return figures


# What is wanted


def _multihop_questions(data: Data, corpus: Corpus) -> list[Wanted]:
    places = corpora.evidence_places(data, corpus)
    return [
        # A question without a cluster is one by itself.
        Wanted(record["query"], places(record), record["cluster"] or record["id"])
        for record in data.read("multihop_rag/queries")
        if record["evidence"]
    ]


def _contexts(corpus: Corpus, record: Record) -> tuple[Place, ...]:
    return tuple(_whole(corpus, context["doc_id"]) for context in record["contexts"])


def _whole(corpus: Corpus, doc_id: str) -> Place:
    article = corpus.article(doc_id)
    return Place(article.id, Span(0, len(article.text)))


def _last_turn(record: Record) -> str:
    return str(record["question"])


def _all_turns(record: Record) -> str:
    return " ".join(users_turns(record))


# What is found


def _product(library: Library) -> Ranker:
    return lambda wanted: [
        Place(chunk.article.id, Span(chunk.sentences[0].start, chunk.sentences[-1].end))
        for chunk in (each.chunk for each in search(library, wanted.question, today=wanted.today).chunks)
    ]


def _bm25_of_chunks(library: Library) -> Ranker:
    """Plain BM25 over the product's own chunks, each headed by title, source and date."""
    places: list[Place] = []

    def texts() -> Iterator[str]:
        numbers = library.chunk_numbers(Filters())
        for start in range(0, len(numbers), _CHUNKS_READ_AT_ONCE):
            for chunk in library.chunks(numbers[start : start + _CHUNKS_READ_AT_ONCE]):
                span = Span(chunk.sentences[0].start, chunk.sentences[-1].end)
                places.append(Place(chunk.article.id, span))
                yield f"{chunk.header}\n{chunk.article.text[span.start : span.end]}"

    index = BM25(texts())
    return lambda wanted: [places[number] for number in index.rank(wanted.question, _DEPTH)]


def _bm25_of_articles(corpus: Corpus) -> Ranker:
    """Plain BM25 over whole articles or passages."""
    places = [_whole(corpus, doc_id) for doc_id in corpus.articles]
    index = BM25(f"{article.title}\n{article.text}" for article in corpus.articles.values())
    return lambda wanted: [places[number] for number in index.rank(wanted.question, _DEPTH)]


def _ask(workspace: Workspace, what: str, rank: Ranker, wanted: Sequence[Wanted]) -> list[list[Place]]:
    return [rank(each) for each in workspace.watched(wanted, what, "questions")]


def _docs(found: Iterable[Place]) -> list[str]:
    return [place.article_id for place in found]


# Figures


def _means(
    name: str, measures: Mapping[str, Measure], wanted: Sequence[Wanted], found: Sequence[Sequence[Place]], ending: str
) -> Iterator[Figure]:
    for measure, values in _values(measures, wanted, found):
        yield Figure(f"{name}/{measure}{ending}", metrics.micro(values), len(values))


def _sliced(
    name: str, measures: Mapping[str, Measure], wanted: Sequence[Wanted], found: Sequence[Sequence[Place]], ending: str
) -> Iterator[Figure]:
    """Both means; that over clusters with their number."""
    clusters = [each.cluster for each in wanted]
    for measure, values in _values(measures, wanted, found):
        yield Figure(f"{name}/{measure}/micro{ending}", metrics.micro(values), len(values))
        yield Figure(f"{name}/{measure}/macro{ending}", metrics.macro(values, clusters), len(set(clusters)))


def _values(
    measures: Mapping[str, Measure], wanted: Sequence[Wanted], found: Sequence[Sequence[Place]]
) -> Iterator[tuple[str, list[float]]]:
    for measure, value in measures.items():
        yield measure, [value(each, places) for each, places in zip(wanted, found, strict=True)]
