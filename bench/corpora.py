"""The articles that each evaluation set is answered from, and where its evidence stands in them.

Knows the layout of the evaluation data; nothing of libraries or search.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from bench.data import Data, MissingData, Record
from bench.metrics import Place
from index.articles import Article, Span, canonical
from index.errors import UnreadableArticle
from index.reading.dates import iso_date


@dataclass(frozen=True)
class Corpus:
    """Articles under the ids that a set gives them. Documents of the same text are one article, by its own id."""

    name: str
    articles: dict[str, Article]

    def article(self, doc_id: str) -> Article:
        """The article that a document became. Raises MissingData when there is none."""
        if doc_id not in self.articles:
            raise MissingData(f"{self.name} has no article for “{doc_id}”, which a record names. Copy its data again.")
        return self.articles[doc_id]

    def article_ids(self, doc_ids: Iterable[str]) -> tuple[str, ...]:
        """The ids of the articles that these documents became, each once. Raises MissingData when none became one."""
        found = tuple(dict.fromkeys(self.articles[each].id for each in doc_ids if each in self.articles))
        if not found:  # as a filter it would let all articles through
            raise MissingData(f"{self.name} has a record none of whose texts is an article. Leave it out.")
        return found

    def with_more(self, name: str, other: "Corpus") -> "Corpus":
        """The articles of both."""
        return Corpus(name, {**self.articles, **other.articles})


def multihop_rag(data: Data) -> Corpus:
    """The news articles of multihop_rag."""
    return _of_records("multihop_rag", data.read("multihop_rag/corpus"))


def news_scale(data: Data) -> Corpus:
    """News articles that answer nothing asked here."""
    return _of_records("news_scale", data.read("news_scale/articles"))


def realtimeqa(data: Data) -> Corpus:
    """The articles of realtimeqa, and each explanation of its quiz as a short article."""
    found = _of_records("realtimeqa", data.read("realtimeqa/corpus"))
    briefs = [_brief(record) for record in data.read("realtimeqa/questions") if record["evidence_text"]]
    return found.with_more(found.name, _of_records("briefs", briefs))


def brief_id(question: Record) -> str:
    """The id of the short article made of the explanation of a realtimeqa question."""
    return f"brief-{question['id']}"


def mtrag_un(data: Data) -> Corpus:
    """The passages of all conversations of mtrag_un."""
    contexts = [context for record in data.read("followup/mtrag_un") for context in record["contexts"]]
    return _of_records("mtrag_un", contexts)


def rgb(data: Data) -> Corpus:
    """All passages of rgb, those with and those without the answer; a passage's id is its text."""
    records = data.read("rgb/rgb_en")
    return passages("rgb", [text for record in records for text in (*record["positive"], *record["negative"])])


def evotemp(records: Iterable[Record], *, dated: bool) -> Corpus:
    """The texts of these records of evotemp, with the dates that a reader of articles understands or with none.

    A text's id is the text. One that is given with and without a date has it.
    """
    days: dict[str, str | None] = {}
    for doc in (doc for record in records for doc in record["docs"]):
        days[doc["text"]] = days.get(doc["text"]) or iso_date(doc["date"])
    texts = [{"doc_id": text, "text": text, "published_at": day if dated else None} for text, day in days.items()]
    return _of_records("evotemp" if dated else "evotemp_undated", texts)


def documents(name: str, records: Iterable[Record]) -> Corpus:
    """Records with a `doc_id` and a `text`."""
    return _of_records(name, list(records))


def passages(name: str, texts: Iterable[str]) -> Corpus:
    """Bare texts, each under itself as its id."""
    return _of_records(name, [{"doc_id": text, "text": text} for text in texts])


def evidence_places(data: Data, corpus: Corpus) -> Callable[[Record], tuple[Place, ...]]:
    """Where the evidence of a question of multihop_rag stands in its articles."""
    bodies = {record["doc_id"]: record["body"] for record in data.read("multihop_rag/corpus")}

    def place(item: Record) -> Place:
        span = canonical_span(bodies[item["doc_id"]], item["start"], item["end"])
        return Place(corpus.article(item["doc_id"]).id, span)

    return lambda record: tuple(map(place, record["evidence"]))


def canonical_span(raw: str, start: int, end: int) -> Span:
    """Where `raw[start:end]` stands in `canonical(raw)`."""
    length = len(canonical(raw))
    return Span(min(_canonical_offset(raw, start), length), min(_canonical_offset(raw, end), length))


def _canonical_offset(raw: str, offset: int) -> int:
    # What stands before decides where a place comes to lie. The letter keeps white space before it from being
    # stripped as the end of the text.
    return len(canonical(raw[:offset] + "x")) - 1


def _of_records(name: str, records: Sequence[Record]) -> Corpus:
    """Records without text make no article."""
    articles = {}
    for record in records:
        with suppress(UnreadableArticle):
            articles[record["doc_id"]] = _article(record)
    return Corpus(name, articles)


def _article(record: Record) -> Article:
    return Article.make(
        title=record.get("title") or "",
        text=record["body"] if "body" in record else record["text"],
        source=record.get("source"),
        author=record.get("author"),
        published_at=record.get("published_at"),
        url=record.get("url"),
        # Not the link: articles of one link replace each other, and a set may hold several.
        origin=record["doc_id"],
    )


def _brief(question: Record) -> Record:
    return {
        "doc_id": brief_id(question),
        "title": brief_id(question),
        "source": question["source"],
        "published_at": question["question_date"],
        "text": question["evidence_text"],
    }
