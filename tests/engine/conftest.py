"""A clone of the suite in a temporary folder, and the real commands run in it."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from torchkata.stubs import write_stub
from torchkata.suite import read_suite

ROOT = Path(__file__).parents[2]

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


@pytest.fixture
def clone(tmp_path):
    root = tmp_path / "clone"
    for name in ("exercises", "solutions", "tests"):
        shutil.copytree(
            ROOT / name,
            root / name,
            ignore=shutil.ignore_patterns("__pycache__", "engine", "answers"),
        )
    for name in ("conftest.py", "pyproject.toml"):
        shutil.copy(ROOT / name, root / name)
    suite = read_suite(root)
    for exercise in suite.exercises:  # the tree may hold a learner's work
        write_stub(exercise)
    return Clone(root)
