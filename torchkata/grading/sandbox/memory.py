"""How much memory a student's processes use together. For the zygote that forked them."""

import os
from collections.abc import Sequence
from pathlib import Path

_SOCKET = 212_992
"""Bytes that a socket may hold, which no process is charged for."""

_PROC = Path("/proc")


def memory_exceeds(limit: int) -> bool:
    """Whether all processes but this one, process 1, use more than `limit` bytes together.

    Counts what is theirs alone, not what they share with this process since it forked; memory
    that they share with each other counts once, and each socket as full. Files in memory
    that no process has mapped are not counted: the size of their folders bounds them.
    """
    others = [int(name) for name in os.listdir(_PROC) if name.isdecimal() and name != "1"]
    sockets = _sockets() * _SOCKET
    if sockets + sum(_resident(pid) for pid in others) <= limit:
        return False  # what is shared was counted for each, so there is no need to look closer
    shares = sum(_share(pid) for pid in [1, *others])
    return sockets + shares - _resident(1) > limit


def memory_of_exceeds(limit: int, others: Sequence[int]) -> bool:
    """Whether the processes `others`, which this one forked, use more than `limit` bytes together.

    Counts as `memory_exceeds` does, but for sockets. What it may not look at closer, because a
    process has closed itself or has another user, it counts as if nothing in it were shared.
    """
    if sum(map(_resident, others)) <= limit:
        return False
    shares = sum(_share(pid) or _resident(pid) for pid in [os.getpid(), *others])
    return shares - _resident(os.getpid()) > limit


def _resident(pid: int) -> int:
    """Bytes of memory in use without a file behind it, shared or not."""
    return sum(_kilobytes(pid, "status", "RssAnon", "RssShmem", "VmSwap")) * 1024


def _share(pid: int) -> int:
    """The same, each page divided by the number of processes that have it."""
    return sum(_kilobytes(pid, "smaps_rollup", "Pss_Anon", "Pss_Shmem", "SwapPss")) * 1024


def _kilobytes(pid: int, name: str, *keys: str) -> list[int]:
    try:
        lines = (_PROC / str(pid) / name).read_text(encoding="latin-1").splitlines()
    except OSError:
        return []  # it has ended
    return [int(line.split()[1]) for line in lines if line.partition(":")[0] in keys]


def _sockets() -> int:
    first = (_PROC / "self/net/sockstat").read_text().splitlines()[0]
    return int(first.split()[2])
