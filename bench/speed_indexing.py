"""Articles a second from text to searchable, beside the bare model on the same tokens, and beside the peer.

All take turns at a few articles each, more than once, and of each turn the quickest time counts: what else the
machine does then slows them alike. Knows nothing of answering.
"""

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bench import corpora, metrics
from bench.data import Data, Record
from bench.report import Figure
from bench.speed_bare import Overheard, bare
from bench.speed_peer import Peer
from bench.workspace import Workspace
from index import ingest
from index.articles import Article
from index.encoder import Encoder
from index.library import Library
from index.search import search

_ARTICLES = 60
_IN_A_TURN = 10
_ROUNDS = 2
_SPECIAL_TOKENS = 2
_FOUND = 10

# A question and how many chunks are wanted in; the article id and the text of each out, best first.
Finder = Callable[[str, int], list[tuple[str, str]]]


@dataclass(frozen=True)
class FirstArticles(Data):
    """The first articles of multihop_rag, and the questions whose whole evidence is in them."""

    count: int

    def read(self, name: str) -> list[Record]:
        """As the whole data has it, less what does not belong here."""
        records = super().read(name)
        if name == "multihop_rag/corpus":
            return records[: self.count]
        if name == "multihop_rag/queries":
            there = {record["doc_id"] for record in self.read("multihop_rag/corpus")}
            return [
                each for each in records if each["evidence"] and all(i["doc_id"] in there for i in each["evidence"])
            ]
        return records


@dataclass
class _Times:
    """The seconds that each took for each turn, one a round."""

    seconds: dict[str, dict[int, list[float]]] = field(default_factory=dict)

    def take(self, who: str, turn: int, work: Callable[[], object]) -> None:
        started = time.perf_counter()
        work()
        self.seconds.setdefault(who, {}).setdefault(turn, []).append(time.perf_counter() - started)

    def best(self, who: str) -> float:
        return sum(map(min, self.seconds[who].values()))


def measure(data: Data, workspace: Workspace, *, with_peer: bool) -> Iterator[Figure]:
    """Tokens and articles a second; with the peer, also its articles a second and what either finds."""
    part = FirstArticles(data.folder, _ARTICLES)
    articles = list(corpora.multihop_rag(part).articles.values())
    count, times = len(articles), _Times()
    for number in range(_ROUNDS):
        workspace.tell(f"indexing {count} articles, round {number + 1} of {_ROUNDS}")
        with tempfile.TemporaryDirectory() as scratch:
            _warm_up(Path(scratch) / "warm", workspace.encoder, articles[:1])
            overheard = Overheard(workspace.encoder)
            with Library(Path(scratch) / "own", overheard) as library:
                peer = Peer(Path(scratch) / "peer") if with_peer else None
                tokens = _round(library, overheard, peer, articles, times)
                recalls = list(_recalls(part, library, peer)) if peer else []
    yield Figure("encode_tokens_per_s", tokens / times.best("own"), count)
    yield Figure("bare_encoder_tokens_per_s", tokens / times.best("bare"), count)
    yield Figure("encode_share_of_bare", times.best("bare") / times.best("own"), count)
    yield Figure("add_articles_per_s", count / times.best("own"), count)
    if with_peer:
        yield Figure("peer_articles_per_s", count / times.best("peer"), count)
    yield from recalls


def _warm_up(folder: Path, encoder: Encoder, articles: Sequence[Article]) -> None:
    """What only the first article of a process pays for: imports, and the memory that the model claims."""
    with Library(folder, encoder) as library:
        ingest.add_all(library, articles)


def _round(
    library: Library, overheard: Overheard, peer: Peer | None, articles: Sequence[Article], times: _Times
) -> int:
    """All articles once; returns how many tokens the encoder read."""
    tokens = 0
    for turn, start in enumerate(range(0, len(articles), _IN_A_TURN)):
        few = articles[start : start + _IN_A_TURN]
        overheard.calls.clear()
        times.take("own", turn, partial(ingest.add_all, library, few))
        times.take("bare", turn, bare(overheard.encoder, overheard.calls))
        tokens += _tokens(overheard)
        if peer:
            times.take("peer", turn, partial(peer.add, few))
    return tokens


def _tokens(overheard: Overheard) -> int:
    counts = overheard.count_tokens([text for call in overheard.calls for text in call])
    return sum(min(count + _SPECIAL_TOKENS, overheard.max_tokens) for count in counts)


# What is found


def _recalls(part: FirstArticles, library: Library, peer: Peer) -> Iterator[Figure]:
    """Recall@10 of both. The peer's chunks have no sure offsets, so both are judged by their texts."""
    ids = {doc_id: article.id for doc_id, article in corpora.multihop_rag(part).articles.items()}
    questions = part.read("multihop_rag/queries")
    for key, find in (("own_Recall@10", partial(_find, library)), ("peer_Recall@10", peer.find)):
        values = [_recall(find, question, ids) for question in questions]
        yield Figure(key, metrics.micro(values), len(values))


def _find(library: Library, question: str, limit: int) -> list[tuple[str, str]]:
    chunks = [each.chunk for each in search(library, question).chunks[:limit]]
    return [(each.article.id, each.article.text[each.sentences[0].start : each.sentences[-1].end]) for each in chunks]


def _recall(find: Finder, question: Record, ids: Mapping[str, str]) -> float:
    facts = [(ids[item["doc_id"]], metrics.plain(item["fact"])) for item in question["evidence"]]
    found = [(article_id, metrics.plain(text)) for article_id, text in find(question["query"], _FOUND)]
    ranks = [
        {number for number, (holder, fact) in enumerate(facts) if holder == article_id and fact in text}
        for article_id, text in found
    ]
    return metrics.recall(ranks, len(facts), _FOUND)
