"""Record what the unquantised all-MiniLM-L6-v2 says of made-up news sentences, for tests/test_encoder.py.

Writes tests/data/encoder_sentences.txt (one sentence a line, always the same) and tests/data/encoder_fp32.npz
(their unit vectors, half precision). Runs in the environment that tools/export_encoder.py describes.
"""

import argparse
from pathlib import Path

import numpy as np
from export_encoder import load_model, published_weights
from made_up_news import made_up_sentences
from numpy.typing import NDArray

DATA = Path(__file__).parents[1] / "tests" / "data"
COUNT, SEED = 540, 26


def main() -> None:
    """Make the sentences, encode them without quantisation, write both."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("weights", type=Path, help="as for export_encoder.py")
    weights = published_weights(arguments.parse_args().weights)
    sentences = made_up_sentences(COUNT, seed=SEED)
    DATA.mkdir(parents=True, exist_ok=True)
    (DATA / "encoder_sentences.txt").write_text("\n".join(sentences) + "\n", encoding="utf-8")
    np.savez_compressed(DATA / "encoder_fp32.npz", vectors=unquantised(weights, sentences).astype(np.float16))


def unquantised(weights: Path, sentences: list[str]) -> NDArray[np.float32]:
    """Unit vectors of the sentences by the torch model, one sentence at a time, so nothing is padded."""
    import torch
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(weights / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(256)
    model = load_model(weights)
    vectors = []
    for encoding in tokenizer.encode_batch(sentences):
        ids = torch.tensor([encoding.ids])
        with torch.inference_mode():
            pooled = model(ids, torch.ones_like(ids), torch.zeros_like(ids)).last_hidden_state[0].mean(0)
        vectors.append(torch.nn.functional.normalize(pooled, dim=0).numpy())
    return np.stack(vectors)


if __name__ == "__main__":
    main()
