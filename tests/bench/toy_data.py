"""A tiny folder of evaluation data in the layout of the real one, with invented news."""

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

Record = dict[str, Any]

# The zero-width space and the Windows line end go when the article is read, and move what stands behind them.
FERRY = "\u200bHarbour\r\nnews.\r\nThe Blue Heron ferry sank off Lindholm. All were saved."
MILL = "The paper mill in Ostby burned down. Nobody slept there."
# Twelve articles say all the words of a question whose evidence says none of them.
NOISE = [f"Sailing club number {n} elected a treasurer." for n in range(12)]
HIDDEN = "Quiet waters under old bridges."


def write(folder: Path) -> Path:
    """Write all files of the retrieval parts, and what answers on the same articles need; returns the folder."""
    _write_multihop_rag(folder)
    _write_realtimeqa(folder)
    _write_mtrag_un(folder)
    _write_rgb(folder)
    write_jsonl(folder / "news_scale/articles.jsonl.gz", [_doc("scale-0", "text", "A far away parade of goats.")])
    return folder


def write_jsonl(path: Path, records: Sequence[Record]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = "".join(json.dumps(record) + "\n" for record in records).encode()
    path.write_bytes(gzip.compress(lines) if path.suffix == ".gz" else lines)


def _write_multihop_rag(folder: Path) -> None:
    bodies = {"d-ferry": FERRY, "d-mill": MILL, "d-mill-again": MILL, "d-hidden": HIDDEN}
    bodies |= {f"d-noise-{n}": text for n, text in enumerate(NOISE)}
    write_jsonl(folder / "multihop_rag/corpus.jsonl.gz", [_doc(name, "body", body) for name, body in bodies.items()])
    ferry = _evidence("d-ferry", FERRY, "The Blue Heron ferry sank off Lindholm.")
    mill = _evidence("d-mill-again", MILL, "The paper mill in Ostby burned down.")
    hidden = _evidence("d-hidden", HIDDEN, HIDDEN)
    queries = [
        _query("q-1", "Did the Blue Heron ferry sink and the paper mill burn?", "one", [ferry, mill], "Yes"),
        _query("q-2", "Where did the Blue Heron ferry sink?", "one", [ferry], "Lindholm"),
        _query("q-3", "Which sailing club elected a treasurer?", "two", [hidden], "The old bridges"),
        _unanswerable("q-4", "Who sang?"),
    ]
    write_jsonl(folder / "multihop_rag/queries.jsonl", queries)
    answers_only = [_unanswerable("o-1", "Who painted the lighthouse?"), {**queries[1], "question_type": None}]
    for record in answers_only:
        del record["evidence"]
    write_jsonl(folder / "multihop_rag/answers_only.jsonl", answers_only)


def _write_realtimeqa(folder: Path) -> None:
    corpus = [_doc(f"r-{n}", "text", text) for n, text in enumerate([FERRY, *NOISE])]
    write_jsonl(folder / "realtimeqa/corpus.jsonl.gz", corpus)
    questions = [
        _quiz("1", "Which mill burned down in Ostby?", "The paper mill in Ostby burned down this week."),
        _quiz("2", "Which sailing club elected a treasurer?", HIDDEN),
        _quiz("3", "What is left unexplained?", ""),
    ]
    write_jsonl(folder / "realtimeqa/questions.jsonl", questions)


def _write_mtrag_un(folder: Path) -> None:
    history = [
        {"role": "user", "text": "Where did the Blue Heron sink?"},
        {"role": "assistant", "text": "Off Lindholm. It was late."},
    ]
    records = [
        _turn("m-1", history, "When was it built?", "answerable", {"c-1": "The Blue Heron was built in 1961."}),
        _turn("m-2", [], "What burned down in Ostby?", "partial", {"c-2": MILL}),
        _turn("m-3", [], "Who sang?", "unanswerable", {"c-3": "When was it built? The town hall was built in 1961."}),
        _turn("m-4", [], "And then?", "answerable", {}),
    ]
    write_jsonl(folder / "followup/mtrag_un.jsonl.gz", records)


def _write_rgb(folder: Path) -> None:
    records = [
        _passages("g-1", "What burned in Ostby?", [MILL], [HIDDEN], "paper mill"),
        _passages("g-2", "Which club elected a treasurer?", [*NOISE[:10]], [HIDDEN], "number 99"),
    ]
    write_jsonl(folder / "rgb/rgb_en.jsonl", records)


def _doc(doc_id: str, field: str, text: str) -> Record:
    return {"doc_id": doc_id, "title": doc_id, "source": "Coast Gazette", "published_at": "2026-02-03", field: text}


def _evidence(doc_id: str, body: str, fact: str) -> Record:
    start = body.index(fact)
    return {"doc_id": doc_id, "fact": fact, "start": start, "end": start + len(fact)}


def _query(query_id: str, query: str, cluster: str, evidence: list[Record], answer: str) -> Record:
    kind = "yes_no" if answer == "Yes" else "open"
    made = {"id": query_id, "query": query, "question_type": kind, "cluster": cluster}
    return {**made, "evidence": evidence, "answer": answer}


def _unanswerable(query_id: str, query: str) -> Record:
    made = {"id": query_id, "query": query, "question_type": "null_query", "cluster": None}
    return {**made, "evidence": [], "answer": "Insufficient information."}


def _passages(record_id: str, query: str, positive: list[str], negative: list[str], answer: str) -> Record:
    return {"id": record_id, "query": query, "positive": positive, "negative": negative, "answers": [[answer]]}


def _quiz(question_id: str, question: str, explanation: str) -> Record:
    made = {"id": question_id, "question": question, "evidence_text": explanation}
    return {**made, "question_date": "2026-02-06", "source": "Coast Gazette"}


def _turn(record_id: str, history: list[Record], question: str, kind: str, contexts: dict[str, str]) -> Record:
    told = [{"doc_id": doc_id, "text": text} for doc_id, text in contexts.items()]
    return {"id": record_id, "history": history, "question": question, "answerability": kind, "contexts": told}
