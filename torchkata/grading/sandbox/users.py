"""Protection without namespaces: a user of its own for each worker, and whether that works here.

It takes root, as a container has it whose system refuses namespaces.
"""

import json
import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from torchkata.grading.sandbox import landlock
from torchkata.grading.sandbox.layers import PROTECTS, Layer, layers_of, probed, user_alone

_PROTECTS = {
    **PROTECTS,
    "files": "nothing of yours can be read or written",
    "network": "no connection can be made",
    "processes": "no process of another user can be ended or looked into",
}

_LACKS = (
    "files: names, sizes and dates can be asked for where modes let everyone",
    "disk: what is written is looked at ten times a second, and ended when it is too much",
    "memory limit: a look ten times a second and a cgroup where one can be made; memory of the "
    "kernel, such as that of pipes, is bounded only roughly",
)
_LACKS_LANDLOCK = (
    "files: there is no Landlock, so what is open to everyone on this machine is open to a "
    "student's code, and it can write to shared folders such as /tmp until it is ended",
    "processes: those of others are to be seen, with their command lines",
    "memory limit: the system can be made to end others first where memory is short",
)


_TO_DO = "Be root, as in a container, or grade where namespaces are allowed"


def layers(closed: Sequence[Path]) -> tuple[Layer, ...]:
    """The layers of protection by users, each tried by a small program under one. About 0.3 s.

    `closed` are the paths that a student's code must not read. Where there is no such protection at
    all, that is the only layer. Raises nothing.
    """
    user = user_alone(0)
    if user is None:
        lacking = "there are none here" if os.geteuid() else "this root lacks some, or other users"
        says = f"a user of its own for each worker takes root's rights, and {lacking}"
        return (Layer("users", False, says, _TO_DO),)
    folder = tempfile.mkdtemp(prefix="kata-")
    try:
        paths = [str(each) for each in closed]
        done = probed([], {"user": user, "folder": folder, "closed": paths})
        found = json.loads(done.stdout)
    except (OSError, subprocess.TimeoutExpired) as error:
        return (Layer("users", False, f"they can't be had: {error}"),)
    except ValueError:
        lines = done.stderr.splitlines() or [f"trying them ended with {done.returncode}"]
        return (Layer("users", False, f"they can't be had: {lines[-1]}"),)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if found["files"] and any(found["files"] == f"{path} can be read" for path in closed):
        says = f"does not work: {found['files']}"
        remedy = f"`chmod -R o-rwx {shlex.join(map(str, closed))}`"
        others = {name: says for name, says in _PROTECTS.items() if name != "files"}
        return (Layer("files", False, says, remedy), *layers_of(found, others))
    return layers_of(found, _PROTECTS)


def lacks() -> tuple[str, ...]:
    """What this protection lacks against that by namespaces, a sentence each, where all works."""
    return (*_LACKS, *(() if landlock.version() else _LACKS_LANDLOCK))


def to_close(hidden: Sequence[Path], readable: Path) -> tuple[Path, ...]:
    """The paths of `hidden`; of one that holds what is `readable`, all else that is in it."""
    found: list[Path] = []
    for path in (each.resolve() for each in hidden if os.path.exists(each)):
        if readable.is_relative_to(path):
            found += to_close(sorted(path.iterdir()), readable) if readable != path else []
        else:
            found.append(path)
    return tuple(found)
