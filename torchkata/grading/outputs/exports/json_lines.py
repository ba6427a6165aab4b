"""JSON lines: all that the gradebook knows of a class, one object a student. For instructors."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, TextIO

from torchkata.grading.grades import ExerciseGrade, Lateness, PropertyResult, Run, StudentGrade
from torchkata.telling.encoding import encodable


def write_json_lines(run: Run, grades: Iterable[StudentGrade], file: TextIO) -> list[str]:
    """Write a line a student, in ASCII; there are no remarks.

    Text is as it was submitted, with an escape for each lone surrogate, which UTF-8 doesn't have.
    """
    for grade in grades:
        file.write(json.dumps(encodable(_student(grade)), allow_nan=False) + "\n")
    return []


def _student(grade: StudentGrade) -> dict[str, Any]:
    return {
        "student": asdict(grade.student),
        "points": grade.points,
        "out_of": grade.out_of,
        "resting": grade.resting,
        "source": grade.source,
        "submitted": grade.submitted.isoformat() if grade.submitted else None,
        "late": grade.late,
        "final": grade.final,
        "lateness": _lateness(grade.lateness) if grade.lateness else None,
        "problem": grade.problem,
        "notes": grade.notes,
        "superseded": grade.superseded,
        "left": [asdict(each) for each in grade.left],
        "flags": [asdict(each) for each in grade.flags],
        "exercises": [_exercise(each) for each in grade.exercises],
    }


def _lateness(lateness: Lateness) -> dict[str, Any]:
    return {**asdict(lateness), "due": lateness.due.isoformat()}


def _property(result: PropertyResult) -> dict[str, Any]:
    """All of it but the picture, which is for people."""
    told = asdict(result)
    del told["picture"]
    return told


def _exercise(grade: ExerciseGrade) -> dict[str, Any]:
    result = grade.result
    return {
        "exercise": grade.exercise,
        "points": grade.points,
        "out_of": grade.out_of,
        "computed": grade.computed,
        "final": grade.final,
        "resting": grade.resting,
        "override": asdict(grade.override) if grade.override else None,
        "standing": grade.standing,
        "visible": sorted(grade.visible),
        "file": result.file if result else "",
        "seed": result.seed if result else None,
        "seconds": result.seconds if result else 0.0,
        "properties": [_property(each) for each in result.properties] if result else [],
        "flags": [asdict(each) for each in result.flags] if result else [],
    }
