"""Events at the pace a page can draw: at once when they come singly, gathered when they come in a burst."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager, suppress

from assistant.answers import Event

# A page drawn more often than this only costs time: about 40 updates a second look continuous.
INTERVAL = 0.025
# A long page takes longer to draw; for each second of drawing, this many are left to the work itself.
_REST = 4


class _End:
    """Stands behind the last event; carries the error that ended the stream, if one did."""

    def __init__(self, error: BaseException | None) -> None:
        self.error = error


_Arrivals = asyncio.Queue[Event | _End]


@contextmanager
def paced(events: Iterator[Event], interval: float = INTERVAL) -> Iterator[AsyncIterator[list[Event]]]:
    """The events in batches, one each `interval` seconds at most, fewer when the reader is slow to draw.

    Raises what the events raise.
    The events are drawn in a thread of their own that starts at once. Leaving the block takes effect at once too,
    however long the next event takes; the thread then closes the events, which stops the writer.
    """
    arrivals: _Arrivals = asyncio.Queue()
    stopped = threading.Event()
    loop = asyncio.get_running_loop()
    threading.Thread(target=_pump, args=(events, arrivals, stopped, loop), daemon=True).start()
    try:
        yield _batches(arrivals, interval)
    finally:
        stopped.set()


async def _batches(arrivals: _Arrivals, interval: float) -> AsyncIterator[list[Event]]:
    end: _End | None = None
    while end is None:
        batch, end = await _gather(arrivals)
        started = time.perf_counter()
        if batch:
            yield batch
        if end is None:
            await asyncio.sleep(max(interval, _REST * (time.perf_counter() - started)))
    if end.error is not None:
        raise end.error


async def _gather(arrivals: _Arrivals) -> tuple[list[Event], _End | None]:
    """Wait for one event, then take what else is there."""
    batch: list[Event] = []
    arrival = await arrivals.get()
    while True:
        if isinstance(arrival, _End):
            return batch, arrival
        batch.append(arrival)
        if arrivals.empty():
            return batch, None
        arrival = arrivals.get_nowait()


def _pump(
    events: Iterator[Event], arrivals: _Arrivals, stopped: threading.Event, loop: asyncio.AbstractEventLoop
) -> None:
    def deliver(arrival: Event | _End) -> None:
        with suppress(RuntimeError):  # the loop is closed: the server is going down, and nobody waits
            loop.call_soon_threadsafe(arrivals.put_nowait, arrival)

    error: BaseException | None = None
    try:
        with closing(events):  # type: ignore[type-var]  # generators close; closing stops the model
            for event in events:
                if stopped.is_set():
                    break
                deliver(event)
    except BaseException as raised:  # noqa: BLE001  not handled here: handed to the reader of the stream
        error = raised
    deliver(_End(error))
