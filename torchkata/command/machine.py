"""What this machine has for torchkata: Python, packages, torch and its devices, editor, terminal.

Nothing here imports torch: a broken one may end the process that imports it.
"""

import json
import os
import platform
import shlex
import shutil
import signal
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torchkata
from torchkata.command.finding import WIDTH, Finding, encoding

if TYPE_CHECKING:
    from packaging.requirements import Requirement

ENGINE = Path(torchkata.__file__).resolve().parent
"""The torchkata that runs."""

_LIMIT = 60.0
"""How long another process may take, in seconds: torch from a cold disk takes its time."""

_PROBE = """
import importlib.util, json, time

def tell(**facts):
    print("kata doctor:", json.dumps(facts), flush=True)

spec = importlib.util.find_spec("torch")
tell(origin=spec and spec.origin)
started = time.perf_counter()
import torch
tell(seconds=time.perf_counter() - started, version=torch.__version__,
     cuda=torch.version.cuda, rocm=torch.version.hip)
from torchkata.devices import choice as devices
for name in devices.KNOWN:
    tell(trying=name)
    reason, error = devices.absence(name), None
    if reason is None:
        try:
            devices.choose(name)
            (torch.ones(2).to(name) + 1).sum().item()
        except Exception as raised:
            error = f"{type(raised).__name__}: {raised}"
    tell(device=name, reason=reason, error=error)
"""


def python() -> Iterator[Finding]:
    """The version of Python, against what torchkata asks for."""
    version = platform.python_version()
    try:
        wanted = metadata.metadata("torchkata")["Requires-Python"] or ""
    except metadata.PackageNotFoundError:
        wanted = ""
    from packaging.specifiers import SpecifierSet

    if SpecifierSet(wanted).contains(version, prereleases=True):
        yield Finding("ok", "python", f"{version}, {sys.executable}")
    else:
        remedy = "Install such a Python, and make your virtual environment with it."
        told = f"{version}, but torchkata needs {wanted}: {sys.executable}"
        yield Finding("problem", "python", told, remedy)


def environment() -> Iterator[Finding]:
    """Whether there is a virtual environment, and whether this shell uses it."""
    if sys.prefix == sys.base_prefix and not Path(sys.prefix, "conda-meta").is_dir():
        told = f"not a virtual environment: its packages are those of all of {sys.prefix}"
        command = "python3 -m venv .venv && . .venv/bin/activate && pip install -e ."
        yield Finding("warning", "environment", told, f"In your clone: `{command}`")
        return
    programs = sysconfig.get_path("scripts")
    found = shutil.which("pytest")
    if found is not None and os.path.realpath(Path(found).parent) == os.path.realpath(programs):
        yield Finding("ok", "environment", sys.prefix)
    else:
        called = f"`pytest` in this shell is {found}" if found else "this shell finds no `pytest`"
        told = f"{sys.prefix} is not active: {called}"
        remedy = f"`export PATH={shlex.quote(programs)}:$PATH`"
        activate = Path(programs, "activate")
        if activate.is_file():
            remedy = f"`. {shlex.quote(str(activate))}`"
        yield Finding("warning", "environment", told, remedy)


def requirements() -> "list[Requirement]":
    """What the torchkata that is installed needs. Raises PackageNotFoundError where none is."""
    from packaging.requirements import Requirement

    needs = [Requirement(each) for each in metadata.requires("torchkata") or ()]
    return [each for each in needs if not each.marker or each.marker.evaluate({"extra": ""})]


def packages() -> Iterator[Finding]:
    """The versions of what torchkata needs."""
    try:
        needs = requirements()
    except metadata.PackageNotFoundError:
        told = f"torchkata is not installed: it is only found on the path, at {ENGINE}"
        yield Finding("problem", "packages", told, pip("-e", str(ENGINE.parent)))
        return
    fit: list[str] = []
    for need in needs:
        try:
            version = metadata.version(need.name)
        except metadata.PackageNotFoundError:
            told = f"{need.name} is not installed; torchkata needs {need}"
            yield Finding("problem", "packages", told, pip(str(need)))
            continue
        if need.specifier.contains(version, prereleases=True):
            fit.append(f"{need.name} {version}")
        else:
            told = f"{need.name} is {version}; torchkata needs {need}"
            yield Finding("problem", "packages", told, pip(str(need)))
    if len(fit) == len(needs):
        yield Finding("ok", "packages", ", ".join(fit))


def torch(folder: Path) -> Iterator[Finding]:
    """How torch and the devices do, tried in a process of its own with `folder` first on its path.

    That is where pytest looks first too.
    """
    status, out, err = ran([sys.executable, "-c", _PROBE], folder)
    told: list[dict[str, Any]] = [
        json.loads(line.removeprefix("kata doctor:"))
        for line in out.splitlines()
        if line.startswith("kata doctor:")
    ]
    facts = {key: value for each in told for key, value in each.items()}
    origin = facts.get("origin") or "torch"
    if "version" not in facts:
        said = f"importing {origin} {ending(status, err)}"
        remedy = _mending(origin) if status is not None else "From a slow disk: run this again."
        yield Finding("problem", "torch", said, remedy)
        return
    built = [f"{name} {facts[name.lower()]}" for name in ("CUDA", "ROCm") if facts[name.lower()]]
    said = f"{facts['version']}, built for {', '.join(built) or 'the CPU'}"
    said += f", imported in {facts['seconds']:.1f} s from {origin}"
    yield Finding("ok", "torch", said)
    for each in told:
        if "device" in each:
            yield _device(each["device"], each["reason"], each["error"])
    if status != 0:
        thing = facts.get("trying", "devices")
        said = f"trying {'them' if thing == 'devices' else 'it'} {ending(status, err)}"
        yield Finding("problem", thing, said, _without(thing))


def _device(name: str, reason: str | None, error: str | None) -> Finding:
    if error is not None:
        return Finding("problem", name, f"does not compute: {error}", _without(name))
    if reason is None:
        return Finding("ok", name, "computes")
    if name == "cuda":
        return Finding("ok", name, f"not to be had, and not needed: {reason}")
    return Finding("warning", name, f"not to be had: {reason}", pip("--upgrade", _wanted()))


def _without(device: str) -> str:
    """What to do where a device does not compute."""
    if device in ("sim", "cuda"):
        return "Judge without it: `pytest exercises --device cpu`"
    return pip("--force-reinstall", _wanted())


def _mending(origin: str) -> str:
    """What to do where torch can't be imported from the file `origin`."""
    try:
        own = metadata.distribution("torch").locate_file("torch/__init__.py")
    except metadata.PackageNotFoundError:
        return pip(_wanted())
    if origin in ("torch", str(own)):
        return pip("--force-reinstall", _wanted())
    return f"That file hides the torch that is installed, {own}: rename it, or remove it."


def _wanted() -> str:
    """The torch that torchkata needs, or just torch where that is not known."""
    try:
        return next((str(each) for each in requirements() if each.name == "torch"), "torch")
    except metadata.PackageNotFoundError:
        return "torch"


def editor() -> Iterator[Finding]:
    """The learner's editor, as $VISUAL or $EDITOR name it."""
    remedy = "`export EDITOR=nano`, or another editor that you like"
    for variable in ("VISUAL", "EDITOR"):
        command = os.environ.get(variable, "").strip()
        if not command:
            continue
        try:
            program = shlex.split(command)[0]
        except ValueError as error:
            told = f"{variable} is {command!r}, which is not a command: {error}"
            yield Finding("warning", "editor", told, remedy.replace("EDITOR", variable))
            return
        found = shutil.which(program)
        if found is None:
            told = f"{variable} is {command!r}, but there is no program {program!r} on PATH"
            yield Finding("warning", "editor", told, remedy.replace("EDITOR", variable))
        else:
            yield Finding("ok", "editor", f"{variable} is {command!r}, {found}")
        return
    yield Finding("warning", "editor", "neither VISUAL nor EDITOR is set", remedy)


def terminal() -> Iterator[Finding]:
    """What the terminal can show."""
    from rich.console import Console

    console = Console()
    signs = encoding().lower()
    well = True
    if signs.replace("-", "") != "utf8":
        well = False
        told = f"its encoding is {signs}, not utf-8: some signs can't be shown"
        yield Finding("warning", "terminal", told, "`export PYTHONIOENCODING=utf-8`")
    if not console.is_terminal:
        if well:
            yield Finding("ok", "terminal", f"not a terminal: plain text, {signs}")
        return
    if console.width < WIDTH:
        well = False
        told = f"{console.width} columns wide: a verdict needs {WIDTH}"
        yield Finding("warning", "terminal", told, "Make the window wider.")
    if console.color_system is None and not console.no_color:
        well = False
        told = f"shows no colours: TERM is {os.environ.get('TERM', '')!r}"
        yield Finding("warning", "terminal", told, "`export TERM=xterm-256color`")
    if well:
        colours = "no colours, as NO_COLOR asks" if console.no_color else "colours"
        yield Finding("ok", "terminal", f"{console.width} columns, {colours}, {signs}")


def pip(*arguments: str) -> str:
    """A command that calls the pip of this Python: the one on PATH may belong to another."""
    return f"`{shlex.join([sys.executable, '-m', 'pip', 'install', *arguments])}`"


def ran(command: list[str], folder: Path) -> tuple[int | None, str, str]:
    """Exit status, stdout and stderr of a command; the status is None past the time limit."""
    status: int | None = None
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, "PY_COLORS": "0", "PYTHON_COLORS": "0"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_LIMIT,
        )
        status, out, err = done.returncode, done.stdout, done.stderr
    except subprocess.TimeoutExpired as error:
        out, err = error.stdout or b"", error.stderr or b""
    return status, out.decode(errors="replace"), err.decode(errors="replace")


def ending(status: int | None, err: str) -> str:
    """How a command came to a bad end, as the end of a sentence."""
    if status is None:
        return f"took more than {_LIMIT:g} s"
    if status < 0:
        return f"ended its process with {signal.Signals(-status).name}"
    # What is indented is where it happened: a traceback's frames, pytest's rootdir.
    lines = [line for line in err.splitlines() if line.strip() and not line[0].isspace()]
    if not lines:
        return f"ended its process with exit status {status}"
    return f"failed: {lines[-1].removeprefix('ERROR: ')}"
