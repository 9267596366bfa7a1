"""Runs a turn, which is written as a plain generator, on a thread of its own, so that a slow question never holds up the page."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

from agent.answer import TurnEvent

MAX_TURNS = 8


class TurnRunner:
    """A bounded set of threads. A turn stays on one thread from its first step to its end, because its session does."""

    def __init__(self) -> None:
        """No thread is started before the first turn."""
        self._pool = ThreadPoolExecutor(MAX_TURNS, thread_name_prefix="turn")

    async def run(self, begin: Callable[[], Iterator[TurnEvent]]) -> AsyncGenerator[TurnEvent]:
        """The events of the turn that ``begin`` starts. Leaving the iterator stops the turn at its next event.

        What the turn raises is raised here.
        """
        loop = asyncio.get_running_loop()
        arrived: asyncio.Queue[TurnEvent | BaseException | None] = asyncio.Queue()
        stopped = threading.Event()

        def tell(item: TurnEvent | BaseException | None) -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(arrived.put_nowait, item)

        def work() -> None:
            try:
                _drain(begin, tell, stopped)
            except BaseException as error:
                tell(error)
            else:
                tell(None)

        self._pool.submit(work)
        try:
            while (item := await arrived.get()) is not None:
                if isinstance(item, BaseException):
                    raise item
                yield item
        finally:
            stopped.set()

    def close(self) -> None:
        """Take no more turns; those that run end by themselves."""
        self._pool.shutdown(wait=False, cancel_futures=True)


def _drain(begin: Callable[[], Iterator[TurnEvent]], tell: Callable[[TurnEvent], None], stopped: threading.Event) -> None:
    events = begin()
    try:
        for event in events:
            if stopped.is_set():
                return
            tell(event)
    finally:
        close = getattr(events, "close", None)
        if close is not None:
            close()
