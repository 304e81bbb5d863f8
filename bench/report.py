"""Figures, and how they are shown: one table, one flat JSON map. Knows nothing of how they were measured."""

import json
import math
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.metrics import micro


@dataclass(frozen=True)
class Figure:
    """One measured value under its key, set/measure or set/measure/slice, with the number of records behind it."""

    key: str
    value: float
    n: int


def mean(key: str, values: Iterable[float | None]) -> Figure:
    """The mean of the values of records; a record without one is left out."""
    known = [value for value in values if value is not None]
    return Figure(key, micro(known), len(known))


def show(figures: Sequence[Figure], console: Console) -> None:
    """The table, headed by the commit and the day it was made."""
    console.print(f"commit {commit()}, {datetime.now().astimezone():%Y-%m-%d %H:%M %Z}", highlight=False)
    table = Table("measure")
    table.add_column("value", justify="right")
    table.add_column("n", justify="right")
    for figure in figures:
        table.add_row(figure.key, f"{figure.value:.3f}", str(figure.n))
    console.print(table)


def write_json(figures: Sequence[Figure], path: Path) -> None:
    """The flat map from keys to values; a value over no records is null."""
    told = {each.key: {"value": None if math.isnan(each.value) else each.value, "n": each.n} for each in figures}
    path.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def commit() -> str:
    """The commit of the code that measures, with "+changes" where the tree differs from it."""
    head = _git("rev-parse", "--short", "HEAD")
    if not head:
        return "unknown"
    return f"{head}+changes" if _git("status", "--porcelain") else head


def _git(*arguments: str) -> str:
    git = shutil.which("git")
    if git is None:
        return ""
    command = [git, "--no-optional-locks", "-C", str(Path(__file__).parent), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603  our words
