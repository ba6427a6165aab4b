"""What a zygote does around each fork: what it takes from it before, and how it ends all of it.

There are three: the zygote is process 1 of a namespace of its own; or it is root, and its forks
have a user of their own; or it is any process, and nothing is kept from anything.
"""

import os
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

from torchkata.grading.sandbox import confinement, landlock, memory, system_calls
from torchkata.grading.sandbox.confinement import SCRATCH, Limits
from torchkata.judge.leash import adopt_orphans, end_children, end_group, end_with_parent

_KILLER = 500
"""How far from a worker's user the one is that ends it."""

_SHARED = ("/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue", "/run/lock", "/var/lock", "/var/crash")
_MOST_FILES = 4096
_ENDLESS = 1 << 62
_LONGEST_PATH = 4000  # a longer one is none to the system


class Keeper(Protocol):
    """Keeps forks from all that is not theirs."""

    kept: bool
    """Whether forks are kept from anything, and have a folder of their own to be in."""
    reusable: bool
    """Whether it can be seen what a file leaves behind, so that a fork may take another."""

    def begin(self) -> None:
        """Get ready for a fork. In the zygote."""

    def confine(self, limits: Limits, keep: Collection[int]) -> None:
        """Take from this process, a fork, all that it has no need of. Raises OSError."""

    def settle(self) -> None:
        """Take from it what it needed to get ready. Raises OSError."""

    def uses_more_than(self, limit: int) -> bool:
        """Whether a fork, with all that it has started, has more memory than `limit` bytes."""

    def end(self, pid: int) -> int:
        """End a fork and all that it has started, and wait until it is dead; the exit status."""

    def close(self) -> None:
        """Leave nothing behind."""


def keeper(user: int | None, folder: str) -> Keeper:
    """The one for this process. `user` is that of its forks, and `folder` where theirs are."""
    if os.getpid() == 1:
        return _Namespace(user)
    if user is not None:
        return _OwnUser(user, folder)
    return _Nothing()


class _Namespace:
    kept = reusable = True

    def __init__(self, user: int | None) -> None:
        self._user = user
        confinement.harden()

    def begin(self) -> None:
        pass

    def confine(self, limits: Limits, keep: Collection[int]) -> None:
        confinement.confine(limits, keep, self._user)

    def settle(self) -> None:
        if system_calls.KNOWN:
            system_calls.refuse_threads()

    def uses_more_than(self, limit: int) -> bool:
        return memory.memory_exceeds(limit)

    def end(self, pid: int) -> int:
        # It reaches all that the fork has left, and nothing else: its namespace has no others.
        with suppress(ProcessLookupError):
            os.kill(-1, signal.SIGKILL)
        _, code = os.waitpid(pid, 0)
        end_children()
        return os.waitstatus_to_exitcode(code)

    def close(self) -> None:
        pass


class _OwnUser:
    kept = True
    reusable = False  # it could leave files in folders that are everybody's

    def __init__(self, user: int, folder: str) -> None:
        self._user = user
        self._folder = f"{folder}/student"
        os.chmod(folder, 0o711)  # to be passed through, and not to be listed
        # It is not ended with the judge: then it has to end its fork, and to tidy up.
        adopt_orphans()
        shared = SCRATCH[1:] if landlock.version() else _SHARED
        self._shared = [each for each in shared if _is_open_to_all(each)]

    def begin(self) -> None:
        os.mkdir(self._folder, 0o700)
        os.chown(self._folder, self._user, self._user)

    def confine(self, limits: Limits, keep: Collection[int]) -> None:
        confinement.confine_as(self._user, limits, keep, self._folder)

    def settle(self) -> None:
        system_calls.refuse_threads()

    def uses_more_than(self, limit: int) -> bool:
        numbers = map(int, filter(str.isdecimal, os.listdir("/proc")))
        others = [pid for pid in numbers if self._is_theirs(pid)]
        files = self._bytes_of_files()
        if files > limit:
            return True
        # To all but root with all of its rights, the system lets a user alone look closer.
        with _as(self._user):
            return memory.memory_of_exceeds(limit - files, others)

    def _is_theirs(self, pid: int) -> bool:
        try:
            status = Path(f"/proc/{pid}/status").read_text(encoding="latin-1")
        except OSError:
            return False  # it has ended
        return f"\nUid:\t{self._user}\t" in status

    def _bytes_of_files(self) -> int:
        """The room that files of the user take up; endless where there are too many to count."""
        total, seen = 0, 0
        folders = [self._folder, *self._shared]
        while folders:
            for facts, path in _inside(folders.pop()):
                if facts.st_uid != self._user:
                    continue
                seen += 1
                total += facts.st_blocks * 512
                if stat.S_ISDIR(facts.st_mode):
                    folders.append(path)
                if seen > _MOST_FILES or len(path) > _LONGEST_PATH:
                    return _ENDLESS
        return total

    def end(self, pid: int) -> int:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        _, code = os.waitpid(pid, 0)
        # What it has left behind are children of this process, and it has no others.
        while _has_children():
            self._end_all()
            _reap()
        self._tidy()
        return os.waitstatus_to_exitcode(code)

    def _end_all(self) -> None:
        """End all processes of the user at once, so that none can be started meanwhile.

        It takes a process with the user's rights that the user has no rights over.
        """
        pid = os.fork()
        if pid == 0:
            try:
                os.setresuid(self._user + _KILLER, self._user, self._user + _KILLER)
                os.kill(-1, signal.SIGKILL)
            finally:
                os._exit(0)
        os.waitpid(pid, 0)

    def _tidy(self) -> None:
        """Remove what it has left: nobody else is at work there any more."""
        _remove(self._folder)
        for folder in self._shared:
            with os.scandir(folder) as entries:
                theirs = [each.path for each in entries if _owner(each) == self._user]
            for path in theirs:
                _remove(path)

    def close(self) -> None:
        _remove(os.path.dirname(self._folder))


class _Nothing:
    kept = reusable = False

    def __init__(self) -> None:
        end_with_parent()
        adopt_orphans()

    def begin(self) -> None:
        pass

    def confine(self, limits: Limits, keep: Collection[int]) -> None:
        confinement.limit(limits, keep)

    def settle(self) -> None:
        pass

    def uses_more_than(self, limit: int) -> bool:
        return False

    def end(self, pid: int) -> int:
        end_group(pid)
        _, code = os.waitpid(pid, 0)
        end_children()
        return os.waitstatus_to_exitcode(code)

    def close(self) -> None:
        pass


@contextmanager
def _as(user: int) -> Iterator[None]:
    """Within it, this process has the rights of a user, who gets none over it."""
    os.setegid(user)
    os.seteuid(user)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


def _has_children() -> bool:
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True


def _reap() -> None:
    """Wait for those children that have been ended, as long as that takes them."""
    until = time.monotonic() + 1
    with suppress(ChildProcessError):
        while time.monotonic() < until:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(0.001)


def _is_open_to_all(folder: str) -> bool:
    try:
        return not os.path.islink(folder) and bool(os.stat(folder).st_mode & stat.S_IWOTH)
    except OSError:
        return False


def _inside(folder: str) -> Iterator[tuple[os.stat_result, str]]:
    """What is in a folder while others change it."""
    with suppress(OSError), os.scandir(folder) as entries:
        for each in entries:
            with suppress(OSError):
                yield each.stat(follow_symlinks=False), each.path


def _owner(entry: "os.DirEntry[str]") -> int:
    try:
        return entry.stat(follow_symlinks=False).st_uid
    except FileNotFoundError:
        return -1


def _remove(path: str) -> None:
    """Remove a file or a folder, whatever is in it."""
    try:
        if os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path)
        else:
            os.unlink(path)
    except FileNotFoundError:
        pass
    except (OSError, RecursionError):  # folders that are too deep for Python
        subprocess.run(["rm", "-rf", "--one-file-system", "--", path], stderr=subprocess.DEVNULL)
