"""What the gradebook makes its rows of, and a grade of them."""

import math

from torchkata.grading.gradebook.file import GradebookError, to_bytes
from torchkata.grading.gradebook.marking import points, resting
from torchkata.grading.grades import (
    ExerciseGrade,
    ExerciseResult,
    Override,
    StudentGrade,
    Submission,
)
from torchkata.grading.intake.assignment import Assigned
from torchkata.grading.packing import packed


def entry(submission: Submission) -> tuple[bytes, bytes, bytes]:
    """A row of the class: all that a submission says of a student but the files."""
    about = StudentGrade(
        student=submission.student,
        exercises=(),
        source=submission.source,
        submitted=submission.submitted,
        late=submission.late,
        problem=submission.problem,
        notes=submission.notes,
        superseded=submission.superseded,
        left=submission.left,
        flags=submission.flags,
        clocked=submission.clocked,
    )
    return to_bytes(about.student.id), to_bytes(about.student.name), packed(about)


def check_override(assigned: Assigned, override: Override) -> None:
    """Raise GradebookError where an exercise can't have these points, or no reason is given."""
    if not (math.isfinite(override.points) and override.points >= 0):
        raise GradebookError(
            f"An override of {override.points} points can't be: give a number from 0."
        )
    if override.points > assigned.points:
        raise GradebookError(
            f"An override of {override.points:g} points can't be: {assigned.exercise} has "
            f"{assigned.points:g}."
        )
    if not override.reason.strip():
        raise GradebookError("An override needs a reason: the student reads it.")


def exercise_grade(
    assigned: Assigned, result: ExerciseResult | None, override: Override | None, taken_off: float
) -> ExerciseGrade:
    """The grade for an exercise; `taken_off` is the percentage that lateness costs."""
    names = frozenset(each.name for each in result.properties) if result else frozenset()
    return ExerciseGrade(
        exercise=assigned.exercise,
        out_of=assigned.points,
        computed=points(assigned, result),
        result=result,
        override=override,
        visible=names if assigned.visible is None else names & assigned.visible,
        resting=0.0 if override else resting(assigned, result),
        taken_off=taken_off,
    )
