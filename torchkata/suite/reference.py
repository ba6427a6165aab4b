"""The reference beside the learner's solution, as text."""

import difflib

from torchkata.suite.curriculum import Exercise
from torchkata.suite.stubs import reference_of, reserved_texts


def lessons(exercise: Exercise) -> list[str]:
    """What to take along from an exercise, then how its reference goes about it."""
    return [text for name in ("TAKE_ALONG", "APPROACH") for text in reserved_texts(exercise, name)]


def differing_lines(exercise: Exercise) -> list[str]:
    """A unified diff from the learner's file to the reference; empty where they are the same.

    Raises SuiteError where the solution can't be read, OSError where the learner's file can't.
    """
    theirs = exercise.stub_path.read_text(encoding="utf-8", errors="replace")
    return list(
        difflib.unified_diff(
            theirs.splitlines(),
            reference_of(exercise).splitlines(),
            str(exercise.stub_path.relative_to(exercise.root)),
            str(exercise.solution_path.relative_to(exercise.root)),
            lineterm="",
        )
    )
