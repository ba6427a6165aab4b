"""The sandbox around student code: what process 1 of it sees, and whether that works here.

It is made by bubblewrap. Inside, process 1 may mount and change users, which `confine` takes away
from each process that runs a student's code.
"""

import contextlib
import glob
import json
import os
import platform
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from torchkata.grading.sandbox.seen import SETTINGS, SYSTEM

_KEPT = ("SYS_ADMIN", "SYS_PTRACE", "SETUID", "SETGID", "SETPCAP", "KILL")
# Numbers of linux/capability.h. The root of a container has all but the last of them as a rule.
_TO_OWN = (0, 1, 5)  # CHOWN DAC_OVERRIDE KILL
_TO_CHANGE_USERS = (6, 7, 8)  # SETGID SETUID SETPCAP
_SYS_ADMIN = 21

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
    "PYTORCH_NVML_BASED_CUDA_CHECK": "1",  # a zygote that has got to CUDA could fork no worker
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
    return _user(slot) if sys.platform == "linux" and _has(*_TO_CHANGE_USERS, _SYS_ADMIN) else None


def user_alone(slot: int) -> int | None:
    """The same where no namespaces are to be had, which takes other rights. `slot` is below 500."""
    has_rights = sys.platform == "linux" and _has(*_TO_CHANGE_USERS, *_TO_OWN)
    return _user(slot) if has_rights else None


def _user(slot: int) -> int | None:
    wanted = _FIRST_USER + os.getpid() % 100_000 * 1000 + slot
    maps = [Path(f"/proc/self/{name}").read_text() for name in ("uid_map", "gid_map")]
    return wanted if all(_is_mapped(wanted, each) for each in maps) else None


def _has(*capabilities: int) -> bool:
    """Whether this process is root, with these rights of root's."""
    if os.geteuid() != 0:
        return False
    lines = Path("/proc/self/status").read_text().splitlines()
    held = next(int(line.split()[1], 16) for line in lines if line.startswith("CapEff:"))
    return all(held >> number & 1 for number in capabilities)


def _is_mapped(number: int, table: str) -> bool:
    rows = [[int(each) for each in line.split()] for line in table.splitlines()]
    return any(first <= number < first + count for first, _, count in rows)


def command(readable: Sequence[Path], hidden: Sequence[Path], cuda: bool = False) -> list[str]:
    """The command line that runs what is appended to it as process 1 of a sandbox.

    It sees the system's programs, this Python, its environment and what is `readable`, each at
    its own path, and can write to none of it. What is `hidden` and lies within is empty there,
    except for what is readable in it; a path that does not exist can't be hidden. With `cuda` it
    can get to the devices of that. It ends when the thread ends that started it.
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
    for device in sorted(glob.glob("/dev/nvidia*")) if cuda else ():
        arguments += ["--dev-bind", device, device]
    for path in SYSTEM:
        if os.path.islink(path):
            arguments += ["--symlink", os.readlink(path), path]
        else:
            arguments += ["--ro-bind-try", path, path]
    for path in SETTINGS:
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


PROTECTS = {
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
    return layers_of(found, PROTECTS)


def layers_of(found: Mapping[str, str], protects: Mapping[str, str]) -> tuple[Layer, ...]:
    """The layers that `protects` names, after what the probe found open of each."""
    return tuple(
        Layer(name, False, f"does not work: {found[name]}")
        if found[name]
        else Layer(name, True, says)
        for name, says in protects.items()
    )


def _probed() -> "subprocess.CompletedProcess[str]":
    """The probe run in a sandbox, with things outside that it must not find."""
    package = Path(__file__).parents[2]
    return probed(command([package], []), {"user": user_of(0), "folder": ""})


def probed(before: Sequence[str], facts: dict[str, Any]) -> "subprocess.CompletedProcess[str]":
    """The probe run after the words of a command, told `facts` and what it must not find.

    Raises OSError and subprocess.TimeoutExpired.
    """
    package = Path(__file__).parents[2]
    program = "import sys; sys.path.insert(0, sys.argv.pop(1)); from runpy import run_module; "
    program += "run_module('torchkata.grading.sandbox.probe', run_name='__main__')"
    name = f"kata-probe-{secrets.token_hex(16)}"
    variable = "KATA_PROBE"
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as outside:
        os.chmod(folder, 0o755)  # or its mode alone would hide what is in it
        secret = Path(folder, "secret")
        secret.touch()
        outside.bind(f"\0{name}")
        outside.listen()
        facts = {"secret": str(secret), "socket": name, "variable": variable, **facts}
        facts["prefix"] = sys.prefix
        # Without -S where it must know by itself where Python's environment is.
        python = [sys.executable, "-I", *(["-S"] if before else []), "-c", program]
        python += [str(package.parent), json.dumps(facts)]
        return subprocess.run(
            [*before, *python],
            env={**ENVIRONMENT} if not before else {**os.environ, variable: "1"},
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
