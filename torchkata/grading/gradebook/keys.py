"""Digests of all that a result depends on: where one is the same, nothing need be judged again."""

import hashlib
import json
import platform
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

from torchkata.grading.intake.assignment import Assignment
from torchkata.suite.curriculum import Exercise

_ENGINE = Path(__file__).parents[2]


@cache
def engine_digest() -> str:
    """A digest of the engine's source, in hexadecimal."""
    return _digest(each.read_bytes() for each in sorted(_ENGINE.rglob("*.py")))


def exercise_digest(exercise: Exercise, assignment: Assignment) -> str:
    """A digest of what makes verdicts on an exercise: its files, seed, limits, engine, libraries.

    Raises OSError where one of its files can't be read.
    """
    facts = {
        "engine": engine_digest(),
        "libraries": _libraries(),
        "python": platform.python_version(),
        "files": _digest(
            each.read_bytes() for each in (exercise.test_path, exercise.solution_path)
        ),
        "seed": assignment.seed,
        "devices": assignment.devices,
        "limits": [assignment.limit, assignment.memory],
    }
    return _digest([json.dumps(facts, sort_keys=True).encode()])


@cache
def _libraries() -> list[str]:
    """The versions of what verdicts rest on."""
    return [version(name) for name in ("torch", "numpy", "hypothesis")]


def result_key(exercise: str, file: str) -> str:
    """The key of a result: of an exercise's digest and a file's."""
    return _digest([exercise.encode(), file.encode()])


def file_digest(source: bytes | str) -> str:
    """A digest of a file, or of why it can't be read."""
    raw = source if isinstance(source, bytes) else b"\0" + source.encode("utf-8", "replace")
    return _digest([raw])


def seed_of(seed: int, draw: int) -> int:
    """The seed of a draw of inputs, for a class that has `seed`: nobody who lacks that knows it."""
    return int(_digest([f"{seed}:{draw}".encode()])[:15], 16) if draw else seed


def _digest(parts: Iterable[bytes]) -> str:
    whole = hashlib.sha256()
    for each in parts:
        whole.update(hashlib.sha256(each).digest())
    return whole.hexdigest()
