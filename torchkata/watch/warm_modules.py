"""The modules that an exercise needs besides torch and the engine: imported once, by the server.

The first process that gets ready for an exercise imports them for itself, and tells the server. All
later ones are forked from it with them: torch.optim alone brings in torch's compiler, which takes
longer to import than to judge.
"""

import gc
import importlib
import json
import socket
import sys
from collections.abc import Collection
from contextlib import suppress

_OURS = ("solutions", "tests", "exercises", "__main__")
_LARGEST = 1 << 20


def line() -> tuple[socket.socket, socket.socket]:
    """What the server hears on, and what its processes tell on: a message is whole, or lost."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)


def tell(line: socket.socket, before: Collection[str]) -> None:
    """Tell the modules that are there and were not `before`; none of the suite's own."""
    new = [
        name for name in sys.modules if name not in before and name.partition(".")[0] not in _OURS
    ]
    if new:
        with suppress(OSError):  # too many for a message: then each process imports them
            line.send(json.dumps(new).encode())


def take(line: socket.socket) -> None:
    """Import what a process has told."""
    for name in json.loads(line.recv(_LARGEST)):
        if name not in sys.modules:
            with suppress(Exception):  # some come only with another one
                importlib.import_module(name)
    gc.collect()
    gc.freeze()
