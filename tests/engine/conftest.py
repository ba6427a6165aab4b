"""A clone of the suite in a temporary folder, and the real commands run in it."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import termios
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pexpect
import pyte
import pytest

from torchkata.suite.curriculum import read_suite
from torchkata.suite.stubs import write_stub

ROOT = Path(__file__).parents[2]

_PATIENCE = 60
"""Seconds to wait for what a test waits for."""

# What a CI machine or a developer's shell sets for colours and editors must not decide a test.
_SET_OUTSIDE = ("CI", "BUILD_NUMBER", "NO_COLOR", "FORCE_COLOR", "PY_COLORS", "EDITOR", "VISUAL")
_PLAIN = {key: value for key, value in os.environ.items() if key not in _SET_OUTSIDE}


@dataclass(frozen=True)
class Clone:
    """A learner's clone: exercises, solutions and the exercises' tests."""

    root: Path

    def stub(self, key):
        return self.root / "exercises" / f"{key}.py"

    def solution(self, key):
        return self.root / "solutions" / f"{key}.py"

    def write(self, key, text):
        """Put `text`, a string or bytes, where the learner's file of an exercise is."""
        raw = text if isinstance(text, bytes) else text.encode()
        self.stub(key).write_bytes(raw)
        return self.stub(key)

    def solve(self, *keys):
        for key in keys:
            shutil.copy(self.solution(key), self.stub(key))

    def run(self, *command, cwd=None, **environment):
        """Run a command in the clone; its output has both streams."""
        return subprocess.run(
            command,
            cwd=cwd or self.root,
            env={**_PLAIN, "COLUMNS": "80", **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
            check=False,
        )

    def pytest(self, *arguments, **options):
        return self.run(sys.executable, "-m", "pytest", *arguments, **options)

    def kata(self, *arguments, **options):
        return self.run(str(Path(sys.executable).with_name("kata")), *arguments, **options)


# A part of the suite, so that it need not be mended whenever an exercise is added.
TOPICS = {
    "memory": ["sharing"],
    "indexing": ["one_hot", "gather_selection"],
    "autograd": ["vjp_backward", "fix_grad_accumulation"],
    "optim": ["sgd_update"],
    "hooks": ["capture_gradient"],
    "data": ["custom_dataset"],
}


def pytest_collection_modifyitems(config, items):
    """Skip what takes minutes, unless it is asked for with -m."""
    if not config.getoption("markexpr"):
        for item in items:
            if item.get_closest_marker("slow"):
                item.add_marker(pytest.mark.skip(reason="slow: run with -m slow"))


@pytest.fixture
def clone(tmp_path, new_clone):
    return new_clone(tmp_path / "clone")


@pytest.fixture(scope="session")
def new_clone():
    """Makes a clone in a folder: `new_clone(root)`."""
    return _new_clone


def _new_clone(root):
    (root / "exercises").mkdir(parents=True)
    (root / "exercises/curriculum.toml").write_text(
        "".join(f'[{key}]\ntitle = "{key}"\nexercises = {TOPICS[key]}\n' for key in TOPICS)
    )
    for name in ("conftest.py", "pyproject.toml"):
        shutil.copy(ROOT / name, root / name)
    for exercise in read_suite(root).exercises:
        for path in (exercise.solution_path, exercise.test_path):
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / path.relative_to(root), path)
        write_stub(exercise)
    return Clone(root)


@dataclass(frozen=True)
class Look:
    """What `kata doctor` said: its exit status and its lines."""

    status: int
    lines: list

    def told(self, thing):
        """The lines on one thing, with single spaces."""
        found = []
        inside = False
        for line in self.lines:
            if not line.startswith(" "):
                inside = line[9:].startswith(f"{thing} ")
            if inside:
                found.append(re.sub(" +", " ", line))
        return found


class Patient:
    """A clone with the engine, and a virtual environment that has it installed."""

    def __init__(self, clone, folder):
        self.clone = clone
        self.root = clone.root
        self.suite = read_suite(self.root)
        self.site = folder / "site"
        self.programs = folder / "venv" / "bin"
        self.python = str(self.programs / "python")
        shutil.copytree(
            ROOT / "torchkata",
            self.root / "torchkata",
            ignore=shutil.ignore_patterns("__pycache__"),
        )
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], check=True)
        program = self.programs / "pytest"
        program.write_text("")
        program.chmod(0o755)
        self.install(*self.needs())

    def needs(self):
        text = (self.root / "pyproject.toml").read_text()
        return tomllib.loads(text)["project"]["dependencies"]

    def install(self, *needs, python=">=3.11"):
        """Write down what the torchkata that is installed needs, as pip does."""
        about = self.site / "torchkata.egg-info" / "PKG-INFO"
        about.parent.mkdir(parents=True, exist_ok=True)
        head = (
            f"Metadata-Version: 2.4\nName: torchkata\nVersion: 0.1.0\nRequires-Python: {python}\n"
        )
        about.write_text(head + "".join(f"Requires-Dist: {each}\n" for each in needs))

    def fake(self, name, text):
        """A module that is found before the real one."""
        path = self.site / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        return path

    def run(self, *before, cwd=None, engine=None, **environment):
        """Run `kata doctor`, by its Python or by the command `before`."""
        path = [self.site, engine or self.root, sysconfig.get_path("purelib")]
        settings = {
            "PYTHONPATH": ":".join(map(str, path)),
            "PATH": f"{self.programs}:/usr/bin:/bin",
            "PYTHONIOENCODING": "utf-8",
            "COLUMNS": "2000",
            "VISUAL": "",
            "EDITOR": "sh -c",
        }
        kata = Path(sys.executable).with_name("kata")
        command = [*before, *([] if before else [self.python]), str(kata), "doctor"]
        done = self.clone.run(*command, cwd=cwd, **{**settings, **environment})
        return Look(done.returncode, done.stdout.splitlines())


@pytest.fixture
def patient(clone, tmp_path, monkeypatch):
    for name in ("FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE", "PYTEST_ADDOPTS"):
        monkeypatch.delenv(name, raising=False)
    return Patient(clone, tmp_path)


@pytest.fixture
def light(patient):
    """A patient with a torch that fails at once: soon looked at."""
    patient.fake("torch", "raise RuntimeError('broken')")
    return patient


_LITTLE_SOLUTION = '''"""Multiply by {factor}.

Write `{name}`.
"""

from torch import Tensor


def {name}(x: Tensor) -> Tensor:
    """Give {factor} times x.

    >>> import torch
    >>> {name}(torch.tensor(1))
    tensor({factor})
    """
    return _times(x)


def _times(x: Tensor) -> Tensor:
    return x * {factor}


HINTS = ("Think of a factor.", "It is {factor}.")

TAKE_ALONG = "A number is broadcast."

APPROACH = "No loop is needed."
'''

_LITTLE_TEST = '''import torch
from torchkata import strategies as st
from torchkata.properties import forall, misconception


@forall(x=st.tensors(dtype=st.just(torch.float32)))
def test_multiplies(impl, x):
    """Every element is multiplied."""
    return impl.{name}(x)


@misconception(of="{name}", says="Nothing is multiplied.")
def changes_nothing(x):
    return x.clone()
'''


@pytest.fixture
def little(tmp_path):
    """A clone of a suite that is only there for tests: three exercises in two topics."""
    root = tmp_path / "little"
    (root / "exercises").mkdir(parents=True)
    (root / "exercises/curriculum.toml").write_text(
        '[times]\ntitle = "Multiplication"\nexercises = ["double", "triple"]\n'
        '[more]\ntitle = "More"\nexercises = ["fivefold"]\n'
        'teaches = "What comes after."\nneeds = ["times"]\nminutes = 5\n'
    )
    for name in ("conftest.py", "pyproject.toml"):
        shutil.copy(ROOT / name, root / name)
    factors = {"double": 2, "triple": 3, "fivefold": 5}
    for exercise in read_suite(root).exercises:
        texts = {exercise.solution_path: _LITTLE_SOLUTION, exercise.test_path: _LITTLE_TEST}
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.format(name=exercise.name, factor=factors[exercise.name]))
        write_stub(exercise)
    return Clone(root)


class Terminal:
    """`kata watch` in a pseudo-terminal, and the screen as a learner sees it."""

    def __init__(self, clone, arguments, size, environment):
        self.clone = clone
        self.mark = f"{clone.root}:{time.monotonic_ns()}"
        self.sent = b""
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        plain = {"TERM": "xterm-256color", "SHELL": "/bin/sh", "KATA_TEST": self.mark}
        self._child = pexpect.spawn(
            str(Path(sys.executable).with_name("kata")),
            ["watch", *arguments],
            cwd=clone.root,
            env={**_PLAIN, **plain, **environment},
            dimensions=size[::-1],
            timeout=_PATIENCE,
        )
        self.pid = self._child.pid

    def text(self):
        """What is on the screen, in one line with single spaces."""
        return " ".join("\n".join(self._screen.display).split())

    def lines(self):
        return [line.rstrip() for line in self._screen.display]

    def shows(self, *parts, without=(), patience=None):
        """Wait until all of `parts` are on the screen, and nothing of `without`."""
        deadline = time.monotonic() + (patience or _PATIENCE)
        while not self._is_there(parts, without):
            if time.monotonic() > deadline:
                pytest.fail(f"wanted {parts} without {without}, saw:\n" + "\n".join(self.lines()))
            try:
                self._take(self._child.read_nonblocking(1 << 16, 0.2))
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:
                pytest.fail(f"it ended; wanted {parts}, saw:\n" + "\n".join(self.lines()))
        return self.text()

    def press(self, keys):
        self._child.send(keys)

    def resize(self, columns, rows):
        self._screen.resize(rows, columns)
        self._screen.reset()
        self._child.setwinsize(rows, columns)

    def signal(self, number):
        os.kill(self.pid, number)

    def modes(self):
        """How the terminal treats input and output."""
        return termios.tcgetattr(self._child.fileno())

    def ended(self):
        """Wait for its end; gives the exit status, or minus the signal that ended it."""
        with contextlib.suppress(pexpect.EOF, OSError):
            while True:
                self._take(self._child.read_nonblocking(1 << 16, _PATIENCE))
        self._child.close()
        status = self._child.exitstatus
        return -self._child.signalstatus if status is None else status

    def hang_up(self):
        """Close the terminal, as a window is closed."""
        os.close(self._child.fileno())

    def processes(self):
        """All processes that have come from it, by what started them, and their state."""
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if f"KATA_TEST={self.mark}\0".encode() in (folder / "environ").read_bytes():
                    found[int(folder.name)] = (folder / "cmdline").read_text().replace("\0", " ")
        return found

    def has(self, command):
        """Wait until a process runs that was started so."""
        self._until(lambda: any(command in each for each in self.processes().values()))

    def is_gone(self):
        """Wait until nothing of it runs."""
        self._until(lambda: not self.processes())

    def close(self):
        for pid in [self.pid, *self.processes()]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(OSError, pexpect.ExceptionPexpect):
            self._child.close(force=True)

    def _until(self, happens):
        deadline = time.monotonic() + _PATIENCE
        while not happens():
            assert time.monotonic() < deadline, self.processes()
            self._read()

    def _read(self):
        """Take what comes within a moment: a program that can't write waits."""
        with contextlib.suppress(pexpect.TIMEOUT, pexpect.EOF, ValueError, OSError):
            self._take(self._child.read_nonblocking(1 << 16, 0.05))

    def _take(self, raw):
        self.sent += raw
        self._stream.feed(raw)

    def _is_there(self, parts, without):
        text = self.text()
        return all(part in text for part in parts) and not any(part in text for part in without)


@pytest.fixture
def watching():
    """Starts `kata watch` in a clone: `watching(clone, "double")`."""
    started = []

    def start(clone, *arguments, size=(80, 30), **environment):
        started.append(Terminal(clone, arguments, size, environment))
        return started[-1]

    yield start
    for each in started:
        each.close()
