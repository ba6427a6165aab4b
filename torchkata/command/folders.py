"""What is wrong with a folder: whether files can be made in it, and whether saves in it arrive."""

import contextlib
import os
import shlex
import shutil
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from torchkata.command.finding import Finding

_SAVE_LIMIT = 2.0
_LEAST_FREE = 200 * 10**6


def temporary() -> Iterator[Finding]:
    """Whether temporary files can be made."""
    try:
        folder = Path(tempfile.gettempdir())
    except FileNotFoundError as error:
        remedy = "`export TMPDIR=FOLDER`, a folder that you may write to"
        yield Finding("problem", "temp", str(error.strerror), remedy)
        return
    yield from writable("temp", folder)


def writable(thing: str, folder: Path) -> Iterator[Finding]:
    """Whether files can be made in a folder."""
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".kata-doctor-") as file:
            file.write(b"." * 4096)
            file.flush()
    except OSError as error:
        told = f"no file can be made in {folder}: {error.strerror}"
        yield Finding("problem", thing, told, granting(folder, error))
        return
    free = shutil.disk_usage(folder).free
    if free < _LEAST_FREE:
        told = f"only {free / 10**6:.0f} MB are free in {folder}"
        remedy = f"Remove what you don't need: `du -sh {shlex.quote(str(folder))}/*`"
        yield Finding("warning", thing, told, remedy)
    else:
        yield Finding("ok", thing, f"{folder} can be written to, {free / 10**9:.1f} GB free")


def saves(root: Path) -> Iterator[Finding]:
    """Whether a watch is told of the saves of a learner."""
    remedy = "`kata watch --poll` looks by itself."
    exercises = root / "exercises"
    try:
        with tempfile.TemporaryDirectory(dir=exercises, prefix=".kata-doctor-") as folder:
            arrived = _save_arrives(Path(folder))
    except (OSError, RuntimeError) as error:  # watchfiles' own errors are RuntimeErrors
        told = f"the files in {exercises} can't be watched: {error}"
        yield Finding("warning", "saves", told, remedy)
        return
    if arrived:
        yield Finding("ok", "saves", "arrive")
    else:
        told = f"a save in {exercises} did not arrive within {_SAVE_LIMIT:g} s"
        yield Finding("warning", "saves", told, remedy)


def _save_arrives(folder: Path) -> bool:
    """Whether a watcher tells of a save. It is made again and again: some watch only soon after."""
    from watchfiles import watch

    stop = threading.Event()

    def save() -> None:
        while not stop.wait(0.1):
            with contextlib.suppress(OSError):
                (folder / "saved").write_bytes(b"saved")

    saving = threading.Thread(target=save)
    saving.start()
    limit = int(_SAVE_LIMIT * 1000)
    try:
        return bool(next(watch(folder, rust_timeout=limit, yield_on_timeout=True, debounce=200)))
    finally:
        stop.set()
        saving.join()


def granting(folder: Path, error: OSError) -> str:
    """What makes a folder one that can be written to."""
    if not isinstance(error, PermissionError):
        return f"Look at what is there: `ls -ld {shlex.quote(str(folder))}`, and `df -h`"
    if folder.stat().st_uid == os.getuid():
        return f"`chmod -R u+rwX {shlex.quote(str(folder))}`"
    return f'`sudo chown -R "$(id -un)" {shlex.quote(str(folder))}`'
