"""The checker's network: the bundled encoder's layers reading a claim and its source together.

Two heads: one weighs supported, neutral and contradicted from the first token and the mean of all; the other says
of each word piece of the claim whether it is at fault.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from checker.sets import Example, Label, Pair

_LONGEST_CLAIM = 96
_LONGEST = 256
_LABELS: dict[Label, int] = {"supported": 0, "neutral": 1, "contradicted": 2, "unsupported": 3}
_FAULT_WEIGHT = 2.0
_UNMARKED = -1.0


class Checker(nn.Module):  # type: ignore[misc]  # torch ships no types here
    """Logits (pairs, 3) for supported, neutral, contradicted, and (pairs, tokens) for words at fault."""

    def __init__(self, weights: Path) -> None:
        from transformers import AutoModel

        super().__init__()
        self.encoder = AutoModel.from_pretrained(weights, attn_implementation="eager")
        size = self.encoder.config.hidden_size
        self.verdict = nn.Linear(2 * size, 3)
        self.fault = nn.Linear(size, 1)

    def forward(self, input_ids: Any, attention_mask: Any, token_type_ids: Any) -> tuple[Any, Any]:
        """The logits of both heads."""
        hidden = self.encoder(input_ids, attention_mask, token_type_ids).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * mask).sum(1) / mask.sum(1)
        return self.verdict(torch.cat([hidden[:, 0], mean], -1)), self.fault(hidden).squeeze(-1)


@dataclass(frozen=True)
class Row:
    """A pair as word pieces: ids, how many of them are the claim's, and the mark of each (0, 1, or -1 for unknown)."""

    ids: list[int]
    claim: int
    marks: list[float]


@dataclass(frozen=True)
class Batch:
    """Some examples; `groups` says which example each row belongs to, `labels` is one number an example."""

    ids: Any
    mask: Any
    types: Any
    marks: Any
    groups: Any = None
    labels: Any = None


def tokenizer(weights: Path) -> Any:
    """The encoder's word pieces, without padding or cutting."""
    from tokenizers import Tokenizer

    found = Tokenizer.from_file(str(weights / "tokenizer.json"))
    found.no_padding()
    found.no_truncation()
    return found


def row(tokenizer: Any, pair: Pair) -> Row:
    """The pair as word pieces: [CLS] claim [SEP] context [SEP]."""
    claim = tokenizer.encode(pair.claim, add_special_tokens=False)
    context = tokenizer.encode(pair.context, add_special_tokens=False)
    ids = claim.ids[:_LONGEST_CLAIM]
    room = _LONGEST - len(ids) - 3
    marks = [_UNMARKED] * (len(ids) + 2)
    if pair.faults is not None:
        spans = claim.offsets[: len(ids)]
        at_fault = [any(s < fault.end and fault.start < e for fault in pair.faults) for s, e in spans]
        marks[1:-1] = [float(each) for each in at_fault]
    return Row([101, *ids, 102, *context.ids[:room], 102], len(ids) + 2, marks)


def batches(
    examples: Sequence[Example], rows: Sequence[list[Row]], order: Sequence[int], tokens: int
) -> Iterator[Batch]:
    """The examples in batches of about so many tokens, each with examples of like length."""
    for start in range(0, len(order), 2048):
        part = sorted(order[start : start + 2048], key=lambda place: max(len(each.ids) for each in rows[place]))
        found: list[list[int]] = [[]]
        longest = count = 0
        for place in part:
            longest = max(longest, *(len(each.ids) for each in rows[place]))
            count += len(rows[place])
            if longest * count > tokens and found[-1]:
                found.append([])
                longest, count = max(len(each.ids) for each in rows[place]), len(rows[place])
            found[-1].append(place)
        generator = torch.Generator().manual_seed(start)
        for number in torch.randperm(len(found), generator=generator).tolist():
            if found[number]:
                yield _batch([examples[place] for place in found[number]], [rows[place] for place in found[number]])


def _batch(examples: Sequence[Example], groups: Sequence[list[Row]]) -> Batch:
    labels = torch.tensor([_LABELS[each.label] for each in examples])
    numbers = torch.tensor([number for number, group in enumerate(groups) for _ in group])
    return replace(_stacked([one for group in groups for one in group]), groups=numbers, labels=labels)


def _stacked(rows: Sequence[Row]) -> Batch:
    ids = torch.zeros(len(rows), max(len(one.ids) for one in rows), dtype=torch.long)
    mask, types = torch.zeros_like(ids), torch.zeros_like(ids)
    marks = torch.full(ids.shape, _UNMARKED)
    for place, one in enumerate(rows):
        ids[place, : len(one.ids)] = torch.tensor(one.ids)
        mask[place, : len(one.ids)] = 1
        types[place, one.claim : len(one.ids)] = 1
        marks[place, : one.claim] = torch.tensor(one.marks)
    return Batch(ids, mask, types, marks)


def loss(model: Checker, batch: Batch) -> Any:
    """Cross-entropy of the verdicts, where "unsupported" may be either of two, and of the marked words."""
    verdicts, faults = model(batch.ids, batch.mask, batch.types)
    logs = functional.log_softmax(verdicts.float(), -1)
    worst = _worst(logs[:, 0], batch.groups, len(batch.labels))
    chosen = logs[worst]
    against = torch.logsumexp(chosen[:, 1:], -1)
    of_three = -chosen.gather(1, batch.labels.clamp(max=2).unsqueeze(1)).squeeze(1)
    of_two = torch.where(batch.labels == 0, -chosen[:, 0], -against)
    total = torch.where(batch.labels == 3, of_two, of_three).mean()
    marked = batch.marks >= 0
    if marked.any():
        weight = torch.where(batch.marks[marked] > 0, _FAULT_WEIGHT, 1.0)
        total = total + functional.binary_cross_entropy_with_logits(
            faults[marked].float(), batch.marks[marked], weight=weight
        )
    return total


def _worst(supported: Any, groups: Any, count: int) -> Any:
    """For each example the row whose support is least."""
    order = torch.argsort(supported.detach(), descending=True)
    worst = torch.zeros(count, dtype=torch.long)
    worst[groups[order]] = order  # later ones win: the least supported
    return worst


def scores(model: Checker, rows: Sequence[list[Row]]) -> list[list[tuple[float, float]]]:
    """For each sentence of each example the log-odds of support, and the largest log-odds of a fault."""
    model.eval()
    found: list[list[tuple[float, float]]] = [[] for _ in rows]
    every = [(place, one) for place, group in enumerate(rows) for one in group]
    order = sorted(range(len(every)), key=lambda number: len(every[number][1].ids))
    read: dict[int, tuple[float, float]] = {}
    for start in range(0, len(order), 32):
        part = order[start : start + 32]
        batch = _stacked([every[number][1] for number in part])
        with torch.inference_mode():
            verdicts, faults = model(batch.ids, batch.mask, batch.types)
        odds = verdicts[:, 0] - torch.logsumexp(verdicts[:, 1:], -1)
        claim = (batch.types == 0) & (batch.mask == 1) & (torch.arange(batch.ids.shape[1]) > 0)
        worst = faults.masked_fill(~claim, -30).amax(-1)
        read.update(zip(part, zip(odds.tolist(), worst.tolist(), strict=True), strict=True))
    for number, (place, _) in enumerate(every):
        found[place].append(read[number])
    model.train()
    return found
