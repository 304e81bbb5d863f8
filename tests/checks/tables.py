"""One row of a table of checks, and what every check must hold to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import pytest

from assistant.checks import Fault, Kind, Source


class Check(Protocol):
    """A check's function."""

    def __call__(self, claim: str, source: Source, *, where: str) -> list[Fault]: ...


@dataclass(frozen=True)
class Row:
    """A claim, its source and the fault expected: `kind`, a part of the reason and the claim's words at fault."""

    id: str
    claim: str
    source: str
    kind: Kind | None = None
    reason: str = ""
    words: str = ""
    before: str = ""
    article: str = ""
    day: str | None = None


def params(rows: Sequence[Row]) -> list[object]:
    assert len({row.id for row in rows}) == len(rows)
    return [pytest.param(row, id=row.id) for row in rows]


def holds(check: Check, row: Row) -> None:
    """The row's one fault, or none."""
    faults = check(row.claim, _source(row), where="the cited sentence")
    if row.kind is None:
        assert faults == []
        return
    assert faults, "no fault found"
    fault = faults[0]
    assert fault.kind == row.kind, fault.reason
    assert row.reason in fault.reason
    assert row.claim[fault.span.start : fault.span.end] == row.words


def _source(row: Row) -> Source:
    return Source((row.source,), before=row.before, article=row.article, day=row.day)


def stays_inside(check: Check, claim: str, source: str, before: str) -> None:
    """No exception for any words, and spans that lie in the texts they point into."""
    told = Source((source,), before=before, day="2026-03-04")
    for fault in check(claim, told, where="the cited sentences"):
        assert 0 <= fault.span.start < fault.span.end <= len(claim)
        assert fault.reason.endswith(".")
        assert "sentences says" not in fault.reason
        if fault.source_span:
            assert 0 <= fault.source_span.start <= fault.source_span.end <= len(told.text)


def agrees_with_itself(check: Check, words: str, before: str) -> None:
    """A source that says a claim word for word bears it out."""
    assert check(words, Source((words,), before=before, day="2026-03-04"), where="the cited sentence") == []
