"""Make assistant/checker_files/model.onnx from what train_checker.py wrote; in the same environment.

PYTHONPATH=. .export/bin/python tools/export_checker.py --weights .weights/… checker.pt
"""

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from checker import net
from checker.sets import Pair
from export_encoder import sha256
from int8 import Inputs, largest_inputs, quantise, to_onnx
from made_up_news import made_up_sentences

FILES = Path(__file__).parents[1] / "assistant" / "checker_files"
CALIBRATION_SEED = 8


def main() -> None:
    """Export, quantise, write, and print the sum."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("trained", type=Path, help="what train_checker.py wrote")
    arguments.add_argument("--weights", type=Path, required=True, help="the folder of model.safetensors")
    given = arguments.parse_args()
    model = net.Checker(given.weights)
    model.load_state_dict(torch.load(given.trained))
    FILES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        exported = to_onnx(model, Path(scratch) / "exported.onnx", ["verdict", "fault"])
        quantise(exported, FILES / "model.onnx", largest_inputs(exported, samples(given.weights)))
    line = f"{sha256(FILES / 'model.onnx')}  model.onnx\n"
    (FILES / "SHA256SUMS").write_text(line)
    print(line, end="")


def samples(weights: Path) -> Iterator[Inputs]:
    """Made-up news: one sentence as a claim, three as its source."""
    tokenizer = net.tokenizer(weights)
    sentences = made_up_sentences(256, seed=CALIBRATION_SEED)
    for start in range(0, len(sentences), 4):
        row = net.row(tokenizer, Pair(sentences[start], " ".join(sentences[start + 1 : start + 4])))
        ids = np.array([row.ids])
        types = (np.arange(ids.shape[1]) >= row.claim).astype(np.int64)[None]
        yield {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": types}


if __name__ == "__main__":
    main()
