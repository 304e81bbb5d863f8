"""What the checker learns from, as groups of pairs: a claim's sentences with the source sentences nearest to each."""

import gzip
import hashlib
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from assistant.nearest import nearest
from checker.made import Maker, Text
from index.articles import Span
from index.sentences import split
from index.words import stems

Label = Literal["supported", "neutral", "contradicted", "unsupported"]
# Sets that may teach what we ship (their licences: docs/checker.md).
TAUGHT = ("frank_cnndm", "frank_cnndm_sent", "frank_xsum", "summedits_news", "wice")


@dataclass(frozen=True)
class Pair:
    """A sentence and what it is held against. `faults` are the words at fault, None where nobody marked them."""

    claim: str
    context: str
    faults: tuple[Span, ...] | None = None
    document: str = ""


@dataclass(frozen=True)
class Example:
    """A claim of one or more sentences; it is as well supported as the least supported of them."""

    pairs: tuple[Pair, ...]
    label: Label
    dataset: str = "made"
    document: str = ""
    id: str = ""


def snli(file: Path, most: int) -> Iterator[Example]:
    """Captions and what people wrote of them (CC BY-SA 4.0, Bowman et al. 2015), those with an agreed label."""
    names: dict[str, Label] = {"entailment": "supported", "neutral": "neutral", "contradiction": "contradicted"}
    for line in file.read_text().splitlines()[:most]:
        record = json.loads(line)
        if label := names.get(record["gold_label"]):
            yield Example((Pair(record["sentence2"], record["sentence1"]),), label, "snli")


def summaries(file: Path, left_out: Sequence[str]) -> list[tuple[str, str]]:
    """Articles with the summaries that their editors wrote, from HaluEval (MIT), without those in `left_out`."""
    known = {gram for text in left_out for gram in _grams(text, 1)}
    found = []
    for line in file.read_text().splitlines():
        record = json.loads(line)
        if sum(gram in known for gram in _grams(record["document"], 5)) < 5:
            found.append((record["document"], record["right_summary"]))
    return found


def made(texts: Sequence[tuple[Text, Sequence[str]]], maker: Maker, *, seed: int) -> Iterator[Example]:
    """For each sentence about a text: one supported and one or two unsupported claims."""
    chance = random.Random(seed)
    for text, sentences in texts:
        for sentence in sentences:
            own = sentence in text.sentences
            kept = maker.reworded(sentence, chance) if own or chance.random() < 0.35 else sentence
            context = _context(kept, text, chance)
            yield Example((Pair(kept, context, ()),), "supported")
            wrong = maker.unsupported(kept if chance.random() < 0.6 else sentence, text, chance)
            if wrong is not None:
                yield Example((Pair(wrong.text, _context(wrong.text, text, chance), wrong.faults),), "unsupported")
            if chance.random() < 0.25 and (other := _elsewhere(sentence, text, chance)):
                yield Example((Pair(kept, other),), "unsupported")


def bench(folder: Path) -> list[Example]:
    """Every labelled claim of the evaluation half, with the nearest sentences of its article."""
    texts = {record["doc_id"]: record["text"] for record in _records(folder / "support/docs.jsonl.gz")}
    found = []
    for record in _records(folder / "support/claims.jsonl.gz"):
        label: Label = "supported" if record["label"] else "unsupported"
        pairs = claim_pairs(record["claim"], texts[record["doc_id"]])
        found.append(Example(pairs, label, record["dataset"], record["doc_id"], record["id"]))
    for record in _records(folder / "support/wice.jsonl.gz"):
        label = "supported" if record["label"] else "unsupported"
        page = "\n".join(record["evidence"])
        document = hashlib.sha256(page.encode()).hexdigest()[:16]
        found.append(Example(claim_pairs(record["claim"], page), label, "wice", document, record["id"]))
    for record in _records(folder / "citation/attribution_bench.jsonl.gz"):
        label = "supported" if record["label"] else "unsupported"
        pairs = claim_pairs(record["claim"], "\n".join(record["references"]))
        found.append(Example(pairs, label, f"attribution/{record['src_dataset']}", record["question"], record["id"]))
    return found


def claim_pairs(claim: str, text: str) -> tuple[Pair, ...]:
    """Each sentence of the claim with the nearest ones of the text, in their order."""
    sentences, known = _read(text)
    pairs = []
    for quote in [each.quote for each in split(claim)] or [claim]:
        places = sorted(nearest(stems(quote), known))
        pairs.append(Pair(quote, " ".join(sentences[place] for place in places), document=text))
    return tuple(pairs)


@lru_cache(maxsize=512)
def _read(text: str) -> tuple[list[str], list[frozenset[str]]]:
    sentences = [each.quote for each in split(text)]
    return sentences, [stems(each) for each in sentences]


def _context(claim: str, text: Text, chance: random.Random) -> str:
    places = nearest(
        stems(claim), [text.stems_of(place) for place in range(len(text.sentences))], chance.choice([1, 2, 3, 3, 3])
    )
    return " ".join(text.sentences[place] for place in sorted(places))


def _elsewhere(claim: str, text: Text, chance: random.Random) -> str:
    """Sentences of the text that are about the claim's matter but not the ones it rests on."""
    places = nearest(stems(claim), [text.stems_of(place) for place in range(len(text.sentences))], 9)
    return " ".join(text.sentences[place] for place in sorted(places[5:8]))


def _grams(text: str, step: int) -> Iterator[int]:
    said = text.lower().split()
    return (hash(tuple(said[place : place + 8])) for place in range(0, max(len(said) - 7, 0), step))


def _records(file: Path) -> Iterable[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def folds(examples: Sequence[Example], count: int) -> dict[str, int]:
    """Which of `count` parts each document is in; documents with the same words are in the same one."""
    parts: dict[str, int] = defaultdict(int)
    for example in examples:
        parts[example.document] = int(hashlib.sha256(example.document.encode()).hexdigest(), 16) % count
    return parts
