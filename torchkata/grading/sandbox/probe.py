"""Tries to break each layer of a sandbox from within, as process 1 of it. Imports no torch.

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

from torchkata.grading.sandbox import system_calls
from torchkata.grading.sandbox.confinement import SCRATCH, Limits, confine, harden

_LIMITS = Limits(seconds=5, memory=64 << 20, processes=8)
_MANY = 24

Facts = Mapping[str, Any]
"""What is outside: `secret`, a file; `socket`, an abstract one; `variable`, of the environment.

And `prefix`, the folder of Python's environment, and `user`, both for a student's code.
"""


def main(facts: Facts) -> dict[str, str]:
    """What could be done, by layer. Ends the process where it is not process 1."""
    if os.getpid() != 1:
        sys.exit("the processes in it have no number 1")
    harden()
    confined = {
        "privileges": _privileges,
        "process limit": _process_limit,
        "memory limit": _memory_limit,
        "system calls": _system_calls,
    }
    found = {
        "files": _files(facts) or _in_fork(facts, _files),
        "network": _network(facts),
        "processes": _processes(),
        "environment": _environment(facts),
        **{name: _in_fork(facts, attempt) for name, attempt in confined.items()},
    }
    found["fresh /tmp"] = _in_fork(facts, _leave) or _in_fork(facts, _find)
    return found


def _in_fork(facts: Facts, attempt: Callable[[Facts], str]) -> str:
    """What an attempt tells that is made as a student's code is run."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            confine(_LIMITS, [writing], facts["user"])
            said = attempt(facts)
        except Exception as error:
            said = f"it could not be tried: {error}"
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    _, status = os.waitpid(pid, 0)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    with open(reading, "rb") as pipe:
        said = pipe.read().decode()
    ended = os.waitstatus_to_exitcode(status)
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
    for folder in ("/", "/usr", "/dev", facts["prefix"], str(Path(__file__).parent)):
        path = Path(folder, ".kata-probe")
        with contextlib.suppress(OSError):
            path.touch()
            path.unlink()
            return f"files can be made in {folder}"
    return ""


def _network(facts: Facts) -> str:
    with socket.socket(socket.AF_UNIX) as attempt:
        try:
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


def _memory_limit(_: Facts) -> str:
    size = 2 * _LIMITS.memory
    with contextlib.suppress(OSError):
        mmap.mmap(-1, size).close()
        return f"{size >> 20} MiB can be had where {_LIMITS.memory >> 20} is the limit"
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


def _leave(_: Facts) -> str:
    for folder in SCRATCH:
        Path(folder, "left").write_text("for the next")
        size = os.statvfs(folder)
        if size.f_blocks * size.f_frsize > _LIMITS.tmp_bytes:
            return f"{folder} has no limit"
    return ""


def _find(_: Facts) -> str:
    left = [folder for folder in SCRATCH if Path(folder, "left").exists()]
    return f"what the last one left in {' and '.join(left)} is to be seen" if left else ""


if __name__ == "__main__":
    print(json.dumps(main(json.loads(sys.argv[1]))))
