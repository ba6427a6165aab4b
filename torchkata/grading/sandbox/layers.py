"""The sandbox around student code: what process 1 of it sees, and whether that works here.

It is made by bubblewrap. Inside, process 1 may mount and change users, which `confine` takes away
from each process that runs a student's code.
"""

import contextlib
import json
import os
import platform
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_SYSTEM = ("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
_SETTINGS = ("/etc/ld.so.cache", "/etc/alternatives", "/sys/devices/system/cpu")
_KEPT = ("SYS_ADMIN", "SYS_PTRACE", "SETUID", "SETGID", "SETPCAP", "KILL")
_FIRST_USER = 2_000_000_000
_PATIENCE = 30.0

ENVIRONMENT = {
    "HOME": "/tmp",
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "LOGNAME": "student",
    "MALLOC_ARENA_MAX": "1",  # a thread reserves 64 MiB else, which the limit on memory counts
    "MKL_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OMP_THREAD_LIMIT": "1",  # what a student asks for too, since no thread may be started
    "OPENBLAS_NUM_THREADS": "1",
    "PATH": f"{sys.prefix}/bin:/usr/bin:/bin",
    "PYTHONDONTWRITEBYTECODE": "1",
    "USER": "student",
    # Huge pages: a fork copies a table of pages, and of these 500 times fewer are in it.
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
}
"""All that process 1 has of an environment."""


def user_of(slot: int) -> int | None:
    """The user whose rights student code in a worker slot has; None for those of this process.

    It has one of its own where this process is root. No two slots of this process share one, nor
    do those of two processes that run at the same time. `slot` is below 1000.
    """
    wanted = _FIRST_USER + os.getpid() % 100_000 * 1000 + slot
    if sys.platform != "linux" or os.geteuid() != 0 or not _may_change_users():
        return None
    maps = [Path(f"/proc/self/{name}").read_text() for name in ("uid_map", "gid_map")]
    return wanted if all(_is_mapped(wanted, each) for each in maps) else None


def _may_change_users() -> bool:
    lines = Path("/proc/self/status").read_text().splitlines()
    held = next(int(line.split()[1], 16) for line in lines if line.startswith("CapEff:"))
    return all(held >> number & 1 for number in (6, 7, 8, 21))  # SETGID SETUID SETPCAP SYS_ADMIN


def _is_mapped(number: int, table: str) -> bool:
    rows = [[int(each) for each in line.split()] for line in table.splitlines()]
    return any(first <= number < first + count for first, _, count in rows)


def command(readable: Sequence[Path], hidden: Sequence[Path]) -> list[str]:
    """The command line that runs what is appended to it as process 1 of a sandbox.

    It sees the system's programs, this Python, its environment and what is `readable`, each at
    its own path, and can write to none of it. What is `hidden` and lies within is empty there,
    except for what is readable in it; a path that does not exist can't be hidden. It ends when the
    thread ends that started it.
    """
    arguments = ["bwrap", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"]
    arguments += ["--unshare-cgroup-try", "--as-pid-1", "--die-with-parent", "--new-session"]
    arguments += ["--hostname", "kata", "--cap-drop", "ALL"]
    if user_of(0) is None:
        arguments.append("--unshare-user")
    for name in _KEPT:
        arguments += ["--cap-add", f"CAP_{name}"]
    arguments.append("--clearenv")
    for name, value in ENVIRONMENT.items():
        arguments += ["--setenv", name, value]
    arguments += ["--tmpfs", "/tmp", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/dev/shm"]
    for path in _SYSTEM:
        if os.path.islink(path):
            arguments += ["--symlink", os.readlink(path), path]
        else:
            arguments += ["--ro-bind-try", path, path]
    for path in _SETTINGS:
        arguments += [*_parents(Path(path)), "--ro-bind-try", path, path]
    prefixes = [Path("/usr"), Path(sys.base_prefix), Path(sys.prefix)]
    arguments += _shown([*prefixes, *readable], hidden)
    return [*arguments, "--remount-ro", "/dev", "--remount-ro", "/", "--"]


def _shown(readable: Sequence[Path], hidden: Sequence[Path]) -> list[str]:
    """What is to be seen of the disk, from the outside in: the later mount counts."""
    steps: dict[Path, list[str]] = {}
    folders: list[Path] = []
    shown = {path for each in readable for path in (each.absolute(), each.resolve())}
    for path in shown:
        steps[path] = [*_parents(path), "--ro-bind", str(path), str(path)]
    for target in {each.resolve() for each in hidden if os.path.exists(each)}:
        for path in shown:
            if target.is_relative_to(path.resolve()):
                place = path / target.relative_to(path.resolve())
                if target.is_dir():
                    folders.append(place)
                    steps[place] = ["--tmpfs", str(place)]
                else:
                    steps[place] = ["--ro-bind", "/dev/null", str(place)]
    mounts = [word for path in sorted(steps, key=lambda path: path.parts) for word in steps[path]]
    return mounts + [word for path in sorted(folders) for word in ("--remount-ro", str(path))]


def _parents(path: Path) -> list[str]:
    """Make the folders above a path. Those that bubblewrap makes by itself only root can enter."""
    return [word for each in reversed(path.parents[:-1]) for word in ("--dir", str(each))]


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer of the sandbox, as trying it showed it.

    `says` is what it protects; or, where it does not work, what it leaves open and why. Then
    `remedy` says what to do, if anything is known; commands stand in backticks.
    """

    name: str
    works: bool
    says: str
    remedy: str = ""


_PROTECTS = {
    "files": "nothing can be read but Python, torch and the engine; nothing be written",
    "network": "nothing outside can be reached",
    "processes": "no other process can be seen or ended",
    "environment": "no variable of yours is to be seen",
    "privileges": "no right of yours or of root's can be used or gained",
    "process limit": "no more processes than the limit can run",
    "memory limit": "no more memory than the limit can be had",
    "fresh /tmp": "nothing is left for the next submission",
    "system calls": "what only system programs need is refused",
}


def layers() -> tuple[Layer, ...]:
    """The layers of the sandbox, each tried by a small program in it. About 0.3 s.

    Where there is no sandbox at all, that is the only layer. Raises nothing.
    """
    if sys.platform != "linux":
        says = f"grading is protected on Linux only, and this is {platform.system()}"
        return (Layer("sandbox", False, says),)
    if shutil.which("bwrap") is None:
        says = "there is none: the program bwrap, bubblewrap, is not installed"
        return (Layer("sandbox", False, says, "`apt-get install bubblewrap`"),)
    try:
        done = _probed()
    except (OSError, subprocess.TimeoutExpired) as error:
        return (Layer("sandbox", False, f"there is none: {error}"),)
    try:
        found = json.loads(done.stdout)
    except ValueError:
        lines = done.stderr.splitlines() or [f"bwrap ended with {done.returncode}"]
        return (Layer("sandbox", False, f"there is none: {lines[-1]}", _remedy()),)
    return tuple(_layer(name, found[name]) for name in _PROTECTS)


def _layer(name: str, open_: str) -> Layer:
    if not open_:
        return Layer(name, True, _PROTECTS[name])
    return Layer(name, False, f"does not work: {open_}")


def _probed() -> "subprocess.CompletedProcess[str]":
    """The probe run in a sandbox, with things outside that it must not find."""
    package = Path(__file__).parents[2]
    program = "import sys; sys.path.insert(0, sys.argv.pop(1)); from runpy import run_module; "
    program += "run_module('torchkata.grading.sandbox.probe', run_name='__main__')"
    name = f"kata-probe-{secrets.token_hex(16)}"
    variable = "KATA_PROBE"
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as outside:
        secret = Path(folder, "secret")
        secret.touch()
        outside.bind(f"\0{name}")
        outside.listen()
        facts: dict[str, Any] = {"secret": str(secret), "socket": name, "variable": variable}
        facts |= {"prefix": sys.prefix, "user": user_of(0)}
        python = [sys.executable, "-I", "-S", "-c", program, str(package.parent), json.dumps(facts)]
        return subprocess.run(
            [*command([package], []), *python],
            env={**os.environ, variable: "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_PATIENCE,
        )


def _remedy() -> str:
    """What may let an ordinary user make a sandbox here."""
    for name, bad, good in _SWITCHES:
        with contextlib.suppress(OSError):
            if Path("/proc/sys", name).read_text().strip() == bad:
                return f"`sudo sysctl {name.replace('/', '.')}={good}`"
    if any(Path(each).exists() for each in ("/.dockerenv", "/run/.containerenv")):
        return (
            "In a container: start it with `--security-opt seccomp=unconfined "
            "--security-opt apparmor=unconfined --security-opt systempaths=unconfined`, or with "
            "`--privileged`"
        )
    return ""


_SWITCHES = (
    ("kernel/unprivileged_userns_clone", "0", "1"),
    ("kernel/apparmor_restrict_unprivileged_userns", "1", "0"),
    ("user/max_user_namespaces", "0", "10000"),
)
