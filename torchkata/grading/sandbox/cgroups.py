"""A cgroup of version 2 around a sandbox, where one is to be had: the kernel itself then counts the
memory of all processes in it, and ends one that asks for more. For the judge, outside.

One can be made beside this process's own, where a system has left that to its user or this is root.
"""

import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

_MOUNTS = ("/sys/fs/cgroup", "/sys/fs/cgroup/unified")
_ENTER = 'echo 0 > "$0" && exec "$@"'


class Cgroup:
    """A group of processes whose memory is counted together."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ended = 0

    def command(self, command: Sequence[str]) -> list[str]:
        """The command line that runs another in the group, from its first moment on."""
        return ["/bin/sh", "-c", _ENTER, str(self._folder / "cgroup.procs"), *command]

    def allow(self, more: int) -> None:
        """Let the group use `more` bytes than it uses now. Raises OSError."""
        used = int((self._folder / "memory.current").read_text())
        (self._folder / "memory.max").write_text(f"{used + more}\n")

    def has_exceeded(self) -> bool:
        """Whether the kernel has ended a process for its memory since this was asked last."""
        before, self._ended = self._ended, self._kills()
        return self._ended > before

    def close(self) -> None:
        """Remove the group, which must be empty. One that isn't stays until the system ends it."""
        with suppress(OSError):
            (self._folder / "cgroup.kill").write_text("1\n")
        with suppress(OSError):
            self._folder.rmdir()

    def _kills(self) -> int:
        lines = (self._folder / "memory.events").read_text().splitlines()
        return next((int(each.split()[1]) for each in lines if each.startswith("oom_kill ")), 0)


def new_cgroup(
    mounts: Sequence[str] = _MOUNTS, own: Path = Path("/proc/self/cgroup")
) -> Cgroup | None:
    """A new group that memory is counted for; None where none can be made."""
    for mount in mounts:
        parent = _parent(Path(mount), own)
        if parent is None:
            continue
        folder = parent / f"kata-{os.getpid()}-{secrets.token_hex(4)}"
        try:
            folder.mkdir()
        except OSError:
            continue
        group = Cgroup(folder)
        try:
            (folder / "memory.swap.max").write_text("0\n")
            # The zygote must live on, and what a student's code started is ended before it.
            (folder / "memory.oom.group").write_text("0\n")
            group.allow(1 << 40)
            group.has_exceeded()
        except (OSError, ValueError):
            group.close()
            continue
        return group
    return None


def _parent(mount: Path, own: Path) -> Path | None:
    """The group that this process's own is in, if its groups have memory counted."""
    try:
        lines = own.read_text().splitlines()
        path = next(line[len("0::/") :] for line in lines if line.startswith("0::/"))
        parent = (mount / path).parent if path else mount
        counted = (parent / "cgroup.subtree_control").read_text().split()
    except (OSError, StopIteration):
        return None
    return parent if "memory" in counted and os.access(parent, os.W_OK) else None
