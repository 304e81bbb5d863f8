"""The bundled model alone, without all that is done around it. Knows token batches; nothing of articles."""

import os
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.around import AroundEncoder
from index.articles import Span
from index.encoder import BundledEncoder, Encoded, Encoder, load_word_pieces

Inputs = dict[str, NDArray[np.int64]]

# As the bundled encoder batches.
_BATCH = 8


class Overheard(AroundEncoder):
    """An encoder that keeps the texts that articles are encoded from, call by call."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__(encoder)
        self.calls: list[Sequence[str]] = []

    def encode_spans(
        self,
        texts: Sequence[str],
        spans: Sequence[Sequence[Span]],
        *,
        on_done: Callable[[int], None] | None = None,
    ) -> list[Encoded]:
        """As the encoder encodes; the texts are kept."""
        self.calls.append(texts)
        return super().encode_spans(texts, spans, on_done=on_done)


def bare(encoder: Encoder, calls: Sequence[Sequence[str]]) -> Callable[[], None]:
    """What runs the model on these texts, cut into tokens and batched beforehand as the encoder does it.

    Of an encoder that is not the bundled one, its `encode`.
    """
    if isinstance(encoder, BundledEncoder):
        return partial(_run, [inputs for call in calls for inputs in _batches(call)])
    return partial(_encode, encoder, calls)


def _run(batches: Sequence[Inputs]) -> None:
    session = _session()
    for inputs in batches:
        session.run(None, inputs)


def _encode(encoder: Encoder, calls: Sequence[Sequence[str]]) -> None:
    for call in calls:
        encoder.encode(call)


def _batches(texts: Sequence[str]) -> Iterator[Inputs]:
    pieces = load_word_pieces()
    rows = sorted((each.ids[: pieces.max_tokens] for each in pieces.cut(texts, offsets=False)), key=len, reverse=True)
    for start in range(0, len(rows), _BATCH):
        batch = rows[start : start + _BATCH]
        ids = np.zeros((len(batch), len(batch[0])), np.int64)
        mask = np.zeros_like(ids)
        for place, row in enumerate(batch):
            ids[place, : len(row)] = row
            mask[place, : len(row)] = 1
        yield {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}


@cache
def _session() -> Any:
    import onnxruntime  # type: ignore[import-untyped]

    options = onnxruntime.SessionOptions()
    allowed = getattr(os, "sched_getaffinity", None)
    options.intra_op_num_threads = len(allowed(0)) if allowed else os.cpu_count() or 2
    model = files("index").joinpath("encoder_files/model.onnx").read_bytes()
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    # The first run claims memory.
    session.run(None, next(_batches(["The harbour master said so on Friday."])))
    return session
