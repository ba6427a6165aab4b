"""Classroom 50's result.json: a test for each exercise, in whole points.

It is written by an autograder of Classroom 50, whose runner tells by variables of the environment
what the result is of. Scores are whole there: a part of a point is cut off, and the test says so.
"""

import json
import math
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from torchkata.grading.grades import ExerciseGrade, Run, StudentGrade
from torchkata.grading.outputs import wording
from torchkata.grading.outputs.exports.outcome import ExportError
from torchkata.grading.outputs.harmless import cut, lines, one_line
from torchkata.grading.outputs.wording import figure

_SCHEMA = "classroom50/result/v1"
_LONGEST = 2000
_NEARLY = 1e-9
_VARIABLES = {
    "classroom": "CLASSROOM",
    "assignment": "ASSIGNMENT",
    "assignment_type": "ASSIGNMENT_TYPE",
    "owner": "OWNER",
    "submission": "SUBMISSION_TAG",
    "commit": "COMMIT_URL",
    "release": "RELEASE_URL",
    "review": "REVIEW_URL",
}


def classroom50(run: Run, grade: StudentGrade) -> dict[str, str]:
    """The result.json of a student. Raises ExportError outside the runner, and for parts of points
    that an exercise has in the assignment."""
    tests = [_test(each, grade, run.limit) for each in grade.exercises]
    results = {
        "schema": _SCHEMA,
        **_identity(os.environ),
        "datetime": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "score": sum(each["score"] for each in tests),
        "max-score": sum(each["max-score"] for each in tests),
        "tests": tests,
    }
    return {".json": json.dumps(results, indent=1, allow_nan=False) + "\n"}


def _identity(variables: Mapping[str, str]) -> dict[str, str]:
    missing = [each for each in _VARIABLES.values() if not variables.get(each)]
    if missing:
        raise ExportError(
            f"Classroom 50's runner says by {missing[0]} what a result is of, and that is not set. "
            "Export from an autograder.py, which the runner starts."
        )
    return {field: variables[name] for field, name in _VARIABLES.items()}


def _test(grade: ExerciseGrade, whole: StudentGrade, limit: float) -> dict[str, Any]:
    if grade.out_of != int(grade.out_of):
        raise ExportError(
            f"Classroom 50 has whole points, and {grade.exercise} has {figure(grade.out_of)}. Give "
            "whole points in the assignment, 100 for each exercise as an example."
        )
    score = min(math.floor(grade.final + _NEARLY), int(grade.out_of))
    told = [wording.override(grade), *wording.sentences(grade, limit)]
    if grade.standing == "failing":
        failed = [each for each in wording.shown(grade) if each.outcome == "failed"]
        told += [f"{each.sentence or each.name} {each.headline}".strip() for each in failed]
        told.append(wording.hidden(grade))
    if whole.lateness and grade.points:
        told.append(whole.lateness.says)
    if grade.final - score > _NEARLY:
        told.append(f"{figure(grade.final)} points, cut to whole ones.")
    return {
        "test-name": one_line(f"{grade.exercise}: {wording.standing(grade)}"),
        "passed": grade.standing == "solved",
        "score": score,
        "max-score": int(grade.out_of),
        "message": cut(lines("\n".join(filter(None, told))), _LONGEST),
    }
