"""What a process does to itself before it runs a student's code. All of it is for good."""

import ctypes
import math
import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

from torchkata.grading.sandbox import landlock, system_calls
from torchkata.grading.sandbox.landlock import Ruleset
from torchkata.grading.sandbox.seen import SETTINGS, SYSTEM

SCRATCH = ("/tmp", "/dev/shm")
"""The only folders that a student's code can write to."""

_INODES = 4096
_SIGNALS = 1024

# Constants of linux/prctl.h, linux/sched.h, linux/mount.h and linux/capability.h.
_SET_DEATH_SIGNAL, _SET_DUMPABLE, _DROP_BOUNDING, _NO_NEW_PRIVS = 1, 4, 24, 38
_NEW_MOUNTS, _NEW_IPC = 0x20000, 0x8000000
_READ_ONLY, _NOSUID, _NODEV, _NOEXEC, _REMOUNT = 1, 2, 4, 8, 0x20
_BIND, _RECURSIVE, _PRIVATE = 0x1000, 0x4000, 0x40000
_CAPABILITIES_3 = 0x20080522

_LIBC = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a student's code may use of the machine, all its processes together or each.

    Each process has `seconds` of CPU time, or up to `all_seconds` where `limit_processor` gives it
    more, `memory` in bytes of address space beyond what it has
    now, `open_files`, and files of at most `file_bytes`. Together they are at most `processes`,
    threads counted, and have `tmp_bytes` in each folder of SCRATCH.
    """

    seconds: float
    memory: int
    processes: int = 64
    open_files: int = 128
    file_bytes: int = 64 << 20
    tmp_bytes: int = 256 << 20
    all_seconds: float = 0.0


def harden() -> None:
    """Close this process, which is to be process 1, against those that it starts.

    They can't read its memory, and no signal of theirs does anything: the system keeps signals
    without a handler from process 1, but Python has one for SIGINT.
    """
    _call("prctl", _SET_DUMPABLE, 0, 0, 0, 0)
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        if callable(signal.getsignal(number)):
            signal.signal(number, signal.SIG_DFL)
    for folder in SCRATCH:
        _mounts_below(folder)  # found once here, so that no fork has to
    _capabilities()


def confine(limits: Limits, keep: Collection[int], user: int | None) -> None:
    """Take from this process all that a student's code has no need of.

    It must be single-threaded, and a child of process 1 that `sandbox.command` started. What
    remains: the descriptors of `keep`, and /dev/null as stdin, stdout and stderr where these are
    not kept; empty folders SCRATCH, of which /tmp is the current one; the rights of the user
    `user`, or of this one. Raises OSError, which names the step, where one is refused; then
    no student's code may run here. For a machine that `system_calls` does not know, calls are not
    refused, and nothing is raised.
    """
    limit(limits, keep)
    os.umask(0o022)
    # While /proc can be written to, and by a process that may write to its own files there.
    _call("prctl", _SET_DUMPABLE, 1, 0, 0, 0)
    _write("/proc/self/oom_score_adj", b"1000")
    _own_folders(limits.tmp_bytes)
    others = 0 if user is not None else len(os.listdir("/proc/1/task"))
    _give_up_rights(user)
    _lower("RLIMIT_NPROC", others + limits.processes)
    if system_calls.KNOWN:
        system_calls.refuse()


def confine_as(user: int, limits: Limits, keep: Collection[int], folder: str) -> None:
    """Do what `confine` does where no namespaces are to be had: with the rights of `user` alone.

    It must be single-threaded and run as root. What remains: the descriptors of `keep`, the empty
    `folder`, which is its user's and becomes the current one; of the disk, what the modes of files
    leave open to everyone, and where there is Landlock, of that only what `readable` lists. Raises
    OSError, which names the step, where one is refused; then no student's code may run here.
    """
    limit(limits, keep)
    os.umask(0o022)
    os.chdir(folder)
    os.environ["HOME"] = os.environ["TMPDIR"] = folder
    tempfile.tempdir = None
    # What may lower it again has to write to /proc, which Landlock keeps it from.
    _call("prctl", _SET_DUMPABLE, 1, 0, 0, 0)
    _write("/proc/self/oom_score_adj", b"1000")
    rules = Ruleset([*_readable(), *_writable(folder)]) if landlock.version() else None
    _give_up_rights(user)
    _call("prctl", _SET_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    _lower("RLIMIT_NPROC", limits.processes)
    if rules is not None:
        rules.restrict()
    system_calls.refuse()
    system_calls.refuse_sockets()


@cache
def _readable() -> tuple[tuple[str, int], ...]:
    engine = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    paths = (*SYSTEM, *SETTINGS, "/usr", sys.base_prefix, sys.prefix, engine)
    devices = ("/dev/zero", "/dev/random", "/dev/urandom", "/dev/full")
    facts = ("/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/sys/kernel")
    return tuple((each, landlock.READ) for each in (*paths, *devices, *facts))


def _writable(folder: str) -> Iterator[tuple[str, int]]:
    yield "/proc/self", landlock.READ
    yield os.devnull, landlock.WRITE
    yield SCRATCH[1], landlock.SHARE
    yield folder, landlock.CHANGE


def limit(limits: Limits, keep: Collection[int]) -> None:
    """What of `confine` any process can do to itself: a session, descriptors and limits of its own.

    The number of processes is not limited, and memory only on Linux.
    """
    os.setsid()
    _close_all_but(keep)
    seconds = math.ceil(limits.seconds)
    most = max(seconds, math.ceil(limits.all_seconds))
    _lower("RLIMIT_CPU", seconds, most + 1)  # SIGXCPU first, which tells why
    _lower("RLIMIT_FSIZE", limits.file_bytes)
    _lower("RLIMIT_NOFILE", limits.open_files)
    _lower("RLIMIT_SIGPENDING", _SIGNALS)
    _lower("RLIMIT_CORE", 1)  # 0 would not keep the system from handing it to a program
    for name in ("MEMLOCK", "MSGQUEUE", "NICE", "RTPRIO"):
        _lower(f"RLIMIT_{name}", 0)
    if sys.platform == "linux":
        pages = int(_read("/proc/self/statm").split()[0])
        _lower("RLIMIT_AS", pages * resource.getpagesize() + limits.memory)


def limit_processor(seconds: float) -> None:
    """Allow this process `seconds` of CPU time more, up to all that `limit` has left to it."""
    used = time.process_time()
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (min(math.ceil(used + seconds), most), most))


def _close_all_but(keep: Collection[int]) -> None:
    for each in [int(name) for name in os.listdir("/dev/fd")]:
        if each > 2 and each not in keep:
            try:
                os.close(each)
            except OSError:
                continue  # the listing's own
    null = os.open(os.devnull, os.O_RDWR)
    for each in {0, 1, 2}.difference(keep):
        os.dup2(null, each)
    if null > 2:
        os.close(null)


def _lower(name: str, soft: int, hard: int | None = None) -> None:
    kind = getattr(resource, name, None)
    if kind is None:
        return  # not every system has every limit
    ceiling = resource.getrlimit(kind)[1]
    wanted = (soft, soft if hard is None else hard)
    if ceiling != resource.RLIM_INFINITY:
        wanted = (min(wanted[0], ceiling), min(wanted[1], ceiling))
    resource.setrlimit(kind, wanted)


def _own_folders(size: int) -> None:
    """Namespaces of its own, and empty folders in memory over those that can be written to."""
    # All that an IPC namespace holds is made by calls that are refused, where they are.
    _call("unshare", _NEW_MOUNTS if system_calls.KNOWN else _NEW_MOUNTS | _NEW_IPC)
    _mount(None, "/", _RECURSIVE | _PRIVATE)
    data = f"size={size},nr_inodes={_INODES},mode=1777".encode()
    for folder in SCRATCH:
        held = [(path, os.open(path, os.O_PATH)) for path in _mounts_below(folder)]
        _mount("tmpfs", folder, _NOSUID | _NODEV, data)
        for path, descriptor in held:
            source = f"/proc/self/fd/{descriptor}"
            _make_place(path, os.path.isdir(source))
            _mount(source, path, _BIND | _RECURSIVE)
            os.close(descriptor)
    # Else a process could have the system end others before it where memory is short.
    _mount(None, "/proc", _REMOUNT | _BIND | _READ_ONLY | _NOSUID | _NODEV | _NOEXEC)
    os.chdir(SCRATCH[0])


@cache
def _mounts_below(folder: str) -> tuple[str, ...]:
    """The mounts under a folder that are under no other: what is readable may lie in /tmp."""
    found: list[str] = []
    lines = _read("/proc/self/mountinfo").decode("latin-1").splitlines()
    escaped = {line.split(" ")[4].encode("latin-1") for line in lines}
    paths = [os.fsdecode(each.decode("unicode_escape").encode("latin-1")) for each in escaped]
    for path in sorted(paths, key=lambda path: path.split("/")):
        if path.startswith(f"{folder}/") and not (found and path.startswith(f"{found[-1]}/")):
            found.append(path)
    return tuple(found)


def _make_place(path: str, is_folder: bool) -> None:
    os.makedirs(path if is_folder else os.path.dirname(path), mode=0o755, exist_ok=True)
    if not is_folder:
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY))


@cache
def _capabilities() -> int:
    return int(_read("/proc/sys/kernel/cap_last_cap")) + 1


def _give_up_rights(user: int | None) -> None:
    for capability in range(_capabilities()):
        _call("prctl", _DROP_BOUNDING, capability, 0, 0, 0)
    if user is not None:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    header = (ctypes.c_uint32 * 2)(_CAPABILITIES_3, 0)
    _call("capset", header, (ctypes.c_uint32 * 6)())
    _call("prctl", _NO_NEW_PRIVS, 1, 0, 0, 0)
    # Else its own /proc/self would be closed to it, which multiprocessing and torch look at.
    _call("prctl", _SET_DUMPABLE, 1, 0, 0, 0)


def _mount(source: str | None, target: str, flags: int, data: bytes | None = None) -> None:
    kind = b"tmpfs" if source == "tmpfs" else None
    what = source.encode() if source else None
    _call("mount", what, os.fsencode(target), kind, ctypes.c_ulong(flags), data)


def _call(name: str, *arguments: object) -> None:
    if getattr(_LIBC, name)(*arguments) == -1:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")


def _read(path: str) -> bytes:
    with open(path, "rb", buffering=0) as file:
        return file.read()


def _write(path: str, data: bytes) -> None:
    with open(path, "wb", buffering=0) as file:
        file.write(data)
