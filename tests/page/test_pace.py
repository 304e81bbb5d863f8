"""Events reach the page singly when they come singly, gathered when they come in a burst, and stop when told to."""

import asyncio
import threading
from collections.abc import Iterator

import pytest

from assistant.answers import Event, Notice
from assistant.page.pace import paced


async def _collect(events: Iterator[Event]) -> list[list[Event]]:
    with paced(events, 0.01) as batches:
        return [batch async for batch in batches]


def test_a_burst_arrives_in_few_batches_and_in_order() -> None:
    batches = asyncio.run(_collect(Notice(str(number)) for number in range(500)))
    assert [event for batch in batches for event in batch] == [Notice(str(number)) for number in range(500)]
    assert len(batches) < 100


def test_the_first_event_does_not_wait_for_the_second() -> None:
    seen, closed = threading.Event(), threading.Event()

    def events() -> Iterator[Event]:
        try:
            yield Notice("first")
            assert seen.wait(5)
            yield Notice("second")
        finally:
            closed.set()

    async def read() -> list[Event]:
        got: list[Event] = []
        with paced(events()) as batches:
            async for batch in batches:
                got += batch
                seen.set()
        return got

    assert asyncio.run(read()) == [Notice("first"), Notice("second")]
    assert closed.wait(5)


def test_an_error_is_raised_after_what_came_before() -> None:
    def events() -> Iterator[Event]:
        yield Notice("first")
        raise ValueError("broken off")

    got: list[Event] = []

    async def read() -> None:
        with paced(events()) as batches:
            async for batch in batches:
                got.extend(batch)

    with pytest.raises(ValueError, match="broken off"):
        asyncio.run(read())
    assert got == [Notice("first")]


def test_leaving_closes_the_events_at_the_next_one() -> None:
    closed, going = threading.Event(), threading.Event()

    def events() -> Iterator[Event]:
        try:
            while True:
                yield Notice("more")
                going.wait(0.01)
        finally:
            closed.set()

    async def read_one() -> None:
        with paced(events()) as batches:
            await anext(aiter(batches))

    asyncio.run(read_one())
    assert closed.wait(5)
