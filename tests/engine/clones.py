"""Clones of the suite in temporary folders, and the real commands run in them."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.engine.forking import run_pytest
from torchkata.suite.curriculum import read_suite
from torchkata.suite.stubs import write_stub

ROOT = Path(__file__).parents[2]

# What a CI machine or a developer's shell sets for colours and editors must not decide a test.
_SET_OUTSIDE = (
    *("CI", "BUILD_NUMBER", "GITHUB_ACTIONS", "NO_COLOR", "FORCE_COLOR", "PY_COLORS"),
    *("EDITOR", "VISUAL"),
)
PLAIN = {key: value for key, value in os.environ.items() if key not in _SET_OUTSIDE}


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
            env={**PLAIN, "COLUMNS": "80", **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
            check=False,
        )

    def pytest(self, *arguments, cwd=None, fresh=False, **environment):
        """Run pytest in a process of its own; with `fresh`, in one that Python starts for it."""
        if fresh or any(name.startswith("PYTHON") for name in environment):
            command = (sys.executable, "-m", "pytest", *arguments)
            return self.run(*command, cwd=cwd, **environment)
        settings = {**PLAIN, "COLUMNS": "80", **environment}
        return run_pytest(arguments, cwd or self.root, settings)

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


def new_clone(root):
    """Make a clone of that part in the folder `root`."""
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


def new_little(root):
    """Make a clone of a suite that is only there for tests: three exercises in two topics."""
    (root / "exercises").mkdir(parents=True)
    (root / "exercises/curriculum.toml").write_text(
        '[times]\ntitle = "Multiplication"\nexercises = ["double", "triple"]\n'
        '[more]\ntitle = "More"\nexercises = [{name = "fivefold", level = 1}]\n'
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
