"""What the product answers without a model: when it abstains, whether it is right, and what it cites.

Knows the sets and their figures; the questions are put by replies.py.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence

from bench import corpora, metrics
from bench.conversations import asked
from bench.data import Data, Record
from bench.metrics import Place
from bench.replies import Asked, Reply, ask_all, only
from bench.report import Figure, mean
from bench.top_sentence import TopSentence
from bench.workspace import Workspace
from index.periods import day_of

# At most so many passages are shown for one question of rgb, and the shares of them that do not hold the answer.
_SHOWN = 5
_NOISE = (0.0, 0.2, 0.4, 0.6, 0.8)
_NOISE_WITH_ANSWER = 0.4
# Figures of the plainest answer, beside those of the product.
_BASELINE = "/bm25"


def multihop_rag(data: Data, workspace: Workspace) -> list[Figure]:
    """Answers over several news articles, with gold evidence for some questions."""
    name, corpus = "multihop_rag", corpora.multihop_rag(data)
    records = [*data.read("multihop_rag/queries"), *data.read("multihop_rag/answers_only")]
    with_evidence = [record for record in records if record.get("evidence")]
    with workspace.library(corpus) as library:
        replies = ask_all(workspace, f"{name} answers", library, [Asked(record["query"]) for record in records])
        plainest = TopSentence(library, (article.id for article in corpus.articles.values()))
        plain = [plainest.answer(record["query"]) for record in with_evidence]
    own = [reply for record, reply in zip(records, replies, strict=True) if record.get("evidence")]
    kinds = [record["question_type"] != "null_query" for record in records]
    figures = _abstention(name, list(zip(replies, kinds, strict=True)))
    figures.append(mean(f"{name}/uncited", [metrics.uncited(reply.cited) for reply in own]))
    evidence = list(map(corpora.evidence_places(data, corpus), with_evidence))
    for ending, found in (("", own), (_BASELINE, plain)):
        figures += _citations(name, list(zip(found, evidence, strict=True)), ending)
        figures += _correct_by_type(name, list(zip(with_evidence, found, strict=True)), ending)
    return figures


def rgb(data: Data, workspace: Workspace) -> list[Figure]:
    """Short questions with passages that hold the answer among others on the topic that do not."""
    name, corpus = "rgb", corpora.rgb(data)
    records = data.read("rgb/rgb_en")
    # Without passages there is nothing to abstain from; an empty choice would mean all of them.
    noisy = [record for record in records if record["negative"]]
    figures: list[Figure] = []
    with workspace.library(corpus) as library:

        def replies(records: Sequence[Record], share: float) -> list[Reply]:
            wanted = [Asked(record["query"], only(corpus, _shown(record, share))) for record in records]
            return ask_all(workspace, f"{name} with {share:.0%} noise", library, wanted)

        def plainest(record: Record, share: float) -> Reply:
            shown = corpus.article_ids(_shown(record, share))
            return TopSentence(library, shown).answer(record["query"])

        answered = {share: replies(records, share) for share in _NOISE}
        plain = {share: [plainest(record, share) for record in records] for share in _NOISE}
        nothing = replies(noisy, 1.0)
    for ending, by_share in (("", answered), (_BASELINE, plain)):
        for share, found in by_share.items():
            right = [reply.is_right(record["answers"]) for record, reply in zip(records, found, strict=True)]
            figures.append(mean(f"{name}/Correct/{share}{ending}", right))
    known = [(reply, True) for reply in answered[_NOISE_WITH_ANSWER]]
    return figures + _abstention(name, [*known, *((reply, False) for reply in nothing)])


def rgb_fact(data: Data, workspace: Workspace) -> list[Figure]:
    """False passages beside a true one: are both versions shown?"""
    records = data.read("rgb/rgb_en_fact")
    texts = [text for record in records for text in (*record["positive_wrong"], *record["positive"])]
    corpus = corpora.passages("rgb_fact", texts)
    with workspace.library(corpus) as library:
        wanted = [Asked(r["query"], only(corpus, [*r["positive_wrong"], *r["positive"][:1]])) for r in records]
        replies = ask_all(workspace, "rgb_fact", library, wanted)
    both = [
        metrics.correct(reply.text, record["answers"]) and metrics.correct(reply.text, [[record["fake_answer"]]])
        for record, reply in zip(records, replies, strict=True)
    ]
    return [mean("rgb_fact/both_shown", both)]


def squad2_sample(data: Data, workspace: Workspace) -> list[Figure]:
    """One passage a question; half of the questions it does not answer."""
    name, records = "squad2_sample", data.read("unanswerable/squad2_sample")
    corpus = corpora.passages(name, [record["context"] for record in records])
    with workspace.library(corpus) as library:
        wanted = [Asked(record["question"], only(corpus, [record["context"]])) for record in records]
        replies = ask_all(workspace, name, library, wanted)
    return _abstention(name, [(reply, r["answerable"]) for r, reply in zip(records, replies, strict=True)])


def mtrag_un(data: Data, workspace: Workspace) -> list[Figure]:
    """Last questions of conversations, answerable or not."""
    name, corpus = "mtrag_un", corpora.mtrag_un(data)
    wanted = ("answerable", "unanswerable")
    records = [record for record in data.read("followup/mtrag_un") if record["answerability"] in wanted]
    with workspace.library(corpus) as library:
        replies = ask_all(workspace, f"{name} answers", library, [Asked(asked(record)) for record in records])
    kinds = [record["answerability"] == "answerable" for record in records]
    return _abstention(name, list(zip(replies, kinds, strict=True)))


def realtimeqa(data: Data, workspace: Workspace) -> list[Figure]:
    """Quiz questions on the week's news, where the articles found that week hold the answer's words."""
    name, corpus = "realtimeqa", corpora.realtimeqa(data)
    records = [record for record in data.read("realtimeqa/questions") if any(record["weak_gold"])]
    with workspace.library(corpus) as library:
        wanted = [Asked(r["question"], today=day_of(r["question_date"])) for r in records]
        replies = ask_all(workspace, f"{name} answers", library, wanted)
    right = [reply.is_right([[r["answer"]]]) for r, reply in zip(records, replies, strict=True)]
    return [mean(f"{name}/Correct", right)]


def _shown(record: Record, noise: float) -> list[str]:
    """The passages that are shown: those with the answer first in file order, then mixed by the record's id."""
    others = record["negative"][: round(_SHOWN * noise)]
    texts = [*record["positive"][: _SHOWN - len(others)], *others] if noise < 1 else record["negative"][:_SHOWN]
    return random.Random(record["id"]).sample(texts, len(texts))  # noqa: S311  an order, no secret


# Figures


def _correct_by_type(name: str, replies: Sequence[tuple[Record, Reply]], ending: str) -> Iterator[Figure]:
    for kind in sorted({record["question_type"] for record, _ in replies}):
        right = [reply.is_right([[record["answer"]]]) for record, reply in replies if record["question_type"] == kind]
        yield mean(f"{name}/Correct/{kind}{ending}", right)


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


def _citations(name: str, replies: Sequence[tuple[Reply, Sequence[Place]]], ending: str) -> Iterator[Figure]:
    """Precision over the answers that cite, recall over all of them."""
    citing = [metrics.citing(reply.cited, gold) for reply, gold in replies]
    measures: Mapping[str, Callable[[metrics.Citing], float | None]] = {
        "cite_precision": lambda each: each.precision,
        "cite_recall": lambda each: each.recall,
        "cite_doc_precision": lambda each: each.doc_precision,
        "cite_doc_recall": lambda each: each.doc_recall,
    }
    for measure, value in measures.items():
        yield mean(f"{name}/{measure}{ending}", map(value, citing))
