"""Tries to break each layer of protection from within. Imports no torch.

It does so as process 1 of a sandbox; or where there are no namespaces, as root.

As a program: `python -m torchkata.grading.sandbox.probe FACTS` prints a JSON object, layer → what
could be done that must not be, empty where nothing could.
"""

import contextlib
import ctypes
import errno
import json
import mmap
import os
import platform
import signal
import socket
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from torchkata.grading.sandbox import landlock, system_calls
from torchkata.grading.sandbox.confinement import SCRATCH, Limits
from torchkata.grading.sandbox.keepers import Keeper, keeper

_LIMITS = Limits(seconds=5, memory=64 << 20, processes=8)
_MANY = 24

Facts = Mapping[str, Any]
"""What is outside: `secret`, a file; `socket`, an abstract one; `variable`, of the environment.

And `prefix`, the folder of Python's environment, and `user`, both for a student's code. Where there
are no namespaces, `closed` are the paths that must not be read, and `folder` is for what it writes.
"""


def main(facts: Facts) -> dict[str, str]:
    """What could be done, by layer. Ends the process where it is neither process 1 nor root."""
    if os.getpid() != 1 and not facts["folder"]:
        sys.exit("the processes in it have no number 1")
    keeps = keeper(facts["user"], facts["folder"])
    try:
        found = _of_namespace(facts, keeps) if os.getpid() == 1 else _of_user(facts, keeps)
        confined = {
            "privileges": _privileges,
            "process limit": _process_limit,
            "memory limit": _memory_limit,
            "system calls": _system_calls,
        }
        found |= {name: _in_fork(facts, keeps, attempt) for name, attempt in confined.items()}
        left = _in_fork(facts, keeps, _leave) or _in_fork(facts, keeps, _find)
        return {**found, "fresh /tmp": left}
    finally:
        keeps.close()


def _of_namespace(facts: Facts, keeps: Keeper) -> dict[str, str]:
    return {
        "files": _files(facts) or _in_fork(facts, keeps, _files),
        "network": _network(facts),
        "processes": _processes(),
        "environment": _environment(facts),
    }


def _of_user(facts: Facts, keeps: Keeper) -> dict[str, str]:
    attempts = {
        "files": _files_of_others,
        "network": _network,
        "processes": _processes_of_others,
        "environment": _environment,
    }
    return {name: _in_fork(facts, keeps, attempt) for name, attempt in attempts.items()}


def _in_fork(facts: Facts, keeps: Keeper, attempt: Callable[[Facts], str]) -> str:
    """What an attempt tells that is made as a student's code is run."""
    reading, writing = os.pipe()
    keeps.begin()
    pid = os.fork()
    if pid == 0:
        try:
            keeps.confine(_LIMITS, [writing])
            said = attempt(facts)
        except Exception as error:
            said = f"it could not be tried: {error}"
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    ended = keeps.end(pid)
    with open(reading, "rb") as pipe:
        said = pipe.read().decode()
    return said if ended == 0 else f"trying it ended with {ended}"


def _files(facts: Facts) -> str:
    if Path(facts["secret"]).exists():
        return f"{facts['secret']} is to be seen"
    try:
        Path(__file__).read_bytes()
        os.listdir(Path(os.__file__).parent)
        os.listdir(facts["prefix"])
    except OSError as error:
        return f"{error.filename} is not open to all: {error.strerror}"
    return _written(facts, "/dev")


def _files_of_others(facts: Facts) -> str:
    """What is open where the modes of files decide, or Landlock."""
    if landlock.version() and _is_read(facts["secret"]):
        return f"{facts['secret']} is to be seen"
    for path in facts["closed"]:
        if _is_open(path):
            return f"{path} can be read"
    for path in (os.__file__, facts["prefix"], __file__):
        if not _is_read(path):
            return f"{path} can't be read by a user of its own, who needs Python and the engine"
    return _written(facts, "/etc")


def _written(facts: Facts, another: str) -> str:
    """Where a file can be made: in a folder of the system, of Python or of the engine."""
    for folder in ("/", "/usr", another, facts["prefix"], str(Path(__file__).parent)):
        path = Path(folder, ".kata-probe")
        with contextlib.suppress(OSError):
            path.touch()
            path.unlink()
            return f"files can be made in {folder}"
    return ""


def _is_read(path: str) -> bool:
    try:
        os.close(os.open(path, os.O_RDONLY))
    except OSError:
        return False
    return True


def _is_open(path: str) -> bool:
    """Whether something of a path can be read: names in a folder may be known."""
    if landlock.version():
        return _is_read(path)
    return os.access(path, os.X_OK if os.path.isdir(path) else os.R_OK)


def _processes_of_others(_: Facts) -> str:
    other = os.getppid()
    with contextlib.suppress(OSError):
        os.kill(other, 0)
        return "other processes can be ended"
    for name in ("mem", "environ", "maps", "fd"):
        with contextlib.suppress(OSError):
            os.close(os.open(f"/proc/{other}/{name}", os.O_RDONLY))
            return f"the {name} of other processes can be read"
    return ""


def _network(facts: Facts) -> str:
    try:
        with socket.socket(socket.AF_UNIX) as attempt:
            attempt.connect("\0" + facts["socket"])
    except OSError:
        return ""
    return "a connection to a process outside can be made"


def _processes() -> str:
    seen = [name for name in os.listdir("/proc") if name.isdecimal() and int(name) != os.getpid()]
    return f"{len(seen)} other processes are to be seen" if seen or os.getpid() != 1 else ""


def _environment(facts: Facts) -> str:
    return "its variables are those of `kata`" if facts["variable"] in os.environ else ""


def _privileges(facts: Facts) -> str:
    lines = Path("/proc/self/status").read_text().splitlines()
    status = dict(line.split(":\t", 1) for line in lines)
    if any(int(status[f"Cap{name}"], 16) for name in ("Prm", "Eff", "Inh", "Bnd", "Amb")):
        return "it has rights of root"
    if status["NoNewPrivs"] != "1":
        return "a program can give it rights"
    with contextlib.suppress(OSError):
        os.setuid(0 if os.getuid() else 1)
        return "it can become another user"
    with contextlib.suppress(OSError):
        os.close(os.open("/proc/1/mem", os.O_RDONLY))
        return "it can read the memory of the process that started it"
    return ""


def _process_limit(_: Facts) -> str:
    for _each in range(_MANY):
        try:
            pid = os.fork()
        except OSError:
            return ""
        if pid == 0:
            signal.pause()
    told = f"{_MANY} can be started where {_LIMITS.processes} is the limit"
    return f"{told}; Linux has one from 5.14 on, but not for root in a user namespace"


def _memory_limit(facts: Facts) -> str:
    size = 2 * _LIMITS.memory
    with contextlib.suppress(OSError):
        mmap.mmap(-1, size).close()
        return f"{size >> 20} MiB can be had where {_LIMITS.memory >> 20} is the limit"
    if facts["folder"] and not landlock.version():
        return ""  # that what follows can be done is told of a machine without Landlock
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_bytes(b"0")
        return "it can have the system end others before it where memory is short"
    return ""


def _system_calls(_: Facts) -> str:
    if not system_calls.KNOWN:
        return f"there is a filter for x86_64 and aarch64, not for {platform.machine()}"
    with contextlib.suppress(OSError):
        os.close(os.memfd_create("probe"))
        return "memory that no limit sees can be made"
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.ptrace(0, 0, 0, 0) == 0 or ctypes.get_errno() != errno.EPERM:
        return "processes can be traced"
    return ""


def _leave(facts: Facts) -> str:
    if facts["folder"]:
        with contextlib.suppress(OSError):
            Path(SCRATCH[1], "left").write_text("for the next")
        Path("left").write_text("for the next")
        return ""
    for folder in SCRATCH:
        Path(folder, "left").write_text("for the next")
        size = os.statvfs(folder)
        if size.f_blocks * size.f_frsize > _LIMITS.tmp_bytes:
            return f"{folder} has no limit"
    return ""


def _find(_: Facts) -> str:
    left = [folder for folder in (*SCRATCH, os.getcwd()) if Path(folder, "left").exists()]
    return f"what the last one left in {' and '.join(left)} is to be seen" if left else ""


if __name__ == "__main__":
    print(json.dumps(main(json.loads(sys.argv[1]))))
