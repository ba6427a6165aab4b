"""Digests of all that a result depends on: where one is the same, nothing need be judged again."""

import json
import platform

from torchkata.grading.intake.assignment import Assignment
from torchkata.suite.curriculum import Exercise
from torchkata.suite.digests import digest, engine_digest, files_digest, libraries


def exercise_digest(exercise: Exercise, assignment: Assignment) -> str:
    """A digest of what makes verdicts on an exercise: its files, seed, limits, engine, libraries.

    Raises OSError where one of its files can't be read.
    """
    facts = {
        "engine": engine_digest(),
        "libraries": libraries(),
        "python": platform.python_version(),
        "files": files_digest(exercise),
        "seed": assignment.seed,
        "devices": assignment.devices,
        "limits": [assignment.limit, assignment.memory],
    }
    return digest([json.dumps(facts, sort_keys=True).encode()])


def result_key(exercise: str, file: str) -> str:
    """The key of a result: of an exercise's digest and a file's."""
    return digest([exercise.encode(), file.encode()])


def file_digest(source: bytes | str) -> str:
    """A digest of a file, or of why it can't be read."""
    raw = source if isinstance(source, bytes) else b"\0" + source.encode("utf-8", "replace")
    return digest([raw])


def seed_of(seed: int, draw: int) -> int:
    """The seed of a draw of inputs, for a class that has `seed`: nobody who lacks that knows it."""
    return int(digest([f"{seed}:{draw}".encode()])[:15], 16) if draw else seed
