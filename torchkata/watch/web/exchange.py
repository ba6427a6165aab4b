"""What crosses between the watch and the server, which have a thread each."""

import asyncio
import os
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass

WISHES = ("go", "again", "hint", "put-back")

_QUIET = 15.0
"""Seconds after which a stream is told that all is as it was."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a page asks for, and the key of the exercise that it is about."""

    name: str
    exercise: str


class Wishes:
    """Gathers wishes of pages; `fileno` is readable when there are some."""

    def __init__(self) -> None:
        self._wishes: deque[Wish] = deque()
        self._readable, self._writable = os.pipe()

    def fileno(self) -> int:
        return self._readable

    def put(self, wish: Wish) -> None:
        self._wishes.append(wish)
        os.write(self._writable, b".")

    def taken(self) -> list[Wish]:
        """What pages have asked for since the last call."""
        os.read(self._readable, 4096)
        return [self._wishes.popleft() for _ in range(len(self._wishes))]

    def close(self) -> None:
        os.close(self._readable)
        os.close(self._writable)


class States:
    """The newest state of the page, and whoever waits for a newer one."""

    def __init__(self) -> None:
        self._number = 0
        self._newest = ""
        self._newer = asyncio.Event()
        self._ended = False

    def publish(self, state: str, loop: asyncio.AbstractEventLoop) -> None:
        """Have a state sent to all pages. For another thread than that of `loop`, the server's."""
        loop.call_soon_threadsafe(self._put, state)

    def end(self, loop: asyncio.AbstractEventLoop) -> None:
        """Have everybody told that nothing more comes."""
        loop.call_soon_threadsafe(self._end)

    def _put(self, state: str) -> None:
        self._number += 1
        self._newest = state
        self._newer.set()
        self._newer = asyncio.Event()

    def _end(self) -> None:
        self._ended = True
        self._newer.set()

    async def following(self) -> AsyncIterator[str | None]:
        """The newest state at once, then each that follows; None where all is quiet.

        A reader that is slow misses those between.
        """
        seen = 0
        while not self._ended:
            if seen != self._number:
                seen = self._number
                yield self._newest
                continue
            try:
                await asyncio.wait_for(self._newer.wait(), _QUIET)
            except TimeoutError:
                yield None
