"""The parts of the quality measuring by name. Another part is another module, and a line here."""

from collections.abc import Callable, Sequence

from bench import answers, retrieval, sources, verdicts
from bench.data import Data
from bench.report import Figure
from bench.workspace import Workspace

Part = Callable[[Data, Workspace], list[Figure]]

PARTS: dict[str, Part] = {
    "multihop_rag": retrieval.multihop_rag,
    "multihop_rag+news_scale": retrieval.multihop_rag_in_news_scale,
    "realtimeqa": retrieval.realtimeqa,
    "mtrag_un": retrieval.mtrag_un,
    "rgb": retrieval.rgb,
    "multihop_rag answers": answers.multihop_rag,
    "mtrag_un answers": answers.mtrag_un,
    "rgb answers": answers.rgb,
    "rgb_fact": answers.rgb_fact,
    "squad2_sample": answers.squad2_sample,
    "realtimeqa answers": answers.realtimeqa,
    "evotemp": sources.evotemp,
    "quotesum": sources.quotesum,
    "support": verdicts.support,
    "attribution_bench": verdicts.attribution_bench,
    "wice": verdicts.wice,
    "multinews_aligned": verdicts.multinews_aligned,
}
# Names that stand for several parts.
GROUPS: dict[str, Sequence[str]] = {
    "retrieval": ("multihop_rag", "multihop_rag+news_scale", "realtimeqa", "mtrag_un", "rgb"),
    "answers": (
        "multihop_rag answers", "mtrag_un answers", "rgb answers", "rgb_fact", "squad2_sample", "realtimeqa answers",
        "evotemp", "quotesum",
    ),
    "verdicts": ("support", "attribution_bench", "wice", "multinews_aligned"),
}  # fmt: skip
# Parts that take an hour the first time: measured when they are asked for by name, or with `full`.
SLOW = frozenset({"multihop_rag+news_scale"})


class UnknownPart(ValueError):
    """No part and no group has this name."""


def chosen(names: Sequence[str], *, full: bool = False) -> dict[str, Part]:
    """The parts by these names, all of them for no names, each once. Raises UnknownPart."""
    unknown = [name for name in names if name not in PARTS and name not in GROUPS]
    if unknown:
        raise UnknownPart(f"no part is named “{unknown[0]}”; choose from {', '.join([*PARTS, *GROUPS])}")
    wanted = [
        part
        for name in names or PARTS
        for part in GROUPS.get(name, (name,))
        if full or part not in SLOW or part in names
    ]
    return {part: PARTS[part] for part in wanted}
