"""A class as the data that the report's script makes each student's section of."""

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from shlex import quote
from typing import Any

from torchkata.grading.grades import (
    STANDINGS,
    ExerciseGrade,
    ExerciseResult,
    PropertyResult,
    StudentGrade,
)
from torchkata.grading.outputs.class_looks import is_late, student_looks
from torchkata.grading.outputs.wording import figure


def script_data(grades: Sequence[StudentGrade], exercises: Sequence[str]) -> dict[str, Any]:
    """What the script makes a student's section of. What is empty is left out.

    A verdict is told by the places of its lines among all lines, and by that of its picture: a
    class that is given the same inputs has most of them in common, and the page is a third of the
    size.
    """
    place = {exercise: number for number, exercise in enumerate(exercises)}
    known = _Known({}, {})
    students = [_student(each, place, known) for each in grades]
    return {
        "standings": list(STANDINGS),
        "exercises": list(exercises),
        "students": students,
        "lines": list(known.lines),
        "pictures": list(known.pictures),
    }


@dataclass(frozen=True, slots=True)
class _Known:
    """The lines and pictures that verdicts have, each with its place among them."""

    lines: dict[str, int]
    pictures: dict[str, int]


def _student(grade: StudentGrade, place: Mapping[str, int], known: _Known) -> dict[str, Any]:
    who = grade.student
    facts = {
        "Id": who.id,
        "E-mail": who.email,
        "Login": who.login,
        "SIS id": who.sis_id,
        "Section": who.section,
        "Submission": grade.source or "nothing submitted",
        "Files": _look(grade),
        "On the process's word": _resting(grade),
        "Submitted": moment(grade.submitted) + (" (late)" if grade.late else ""),
        "Lateness": grade.lateness.says if grade.lateness else "",
        "After lateness": _after(grade),
    }
    return _told(
        name=who.name or who.id,
        facts=[list(fact) for fact in facts.items() if fact[1]],
        points=round(grade.points, 2),
        outOf=round(grade.out_of, 2),
        submitted=grade.submitted.timestamp() if grade.submitted else None,
        looks=len(student_looks(grade)),
        late=is_late(grade),
        problem=grade.problem,
        notes=list(grade.notes),
        superseded=list(grade.superseded),
        left=[[each.path, each.why] for each in grade.left],
        exercises=[_exercise(each, place[each.exercise], known) for each in grade.exercises],
    )


def _look(grade: StudentGrade) -> str:
    """The command with which a teaching assistant looks at a student's files."""
    if not grade.source or not os.path.isdir(grade.source):
        return ""
    return f"pytest exercises --submission={quote(grade.source)}"


def _after(grade: StudentGrade) -> str:
    if grade.final == grade.points:
        return ""
    return f"{number(grade.final)} of {number(grade.points)} points"


def _resting(grade: StudentGrade) -> str:
    if not grade.resting:
        return ""
    return f"{number(grade.resting)} of {number(grade.points)} points"


def _exercise(grade: ExerciseGrade, place: int, known: _Known) -> dict[str, Any]:
    result = grade.result
    told = _told(
        points=round(grade.points, 2),
        outOf=round(grade.out_of, 2),
        **(_result(result, known) if result else {}),
    )
    if grade.override:
        told["override"] = {
            "computed": round(grade.computed, 2),
            "reason": grade.override.reason,
            "at": grade.override.at,
        }
    # Zero is told too: an exercise's place and that of its standing.
    return {"exercise": place, "standing": STANDINGS.index(grade.standing), **told}


def _result(result: ExerciseResult, known: _Known) -> dict[str, Any]:
    outcomes = Counter(each.outcome for each in result.properties)
    passed = [each for each in result.properties if each.outcome == "passed"]
    return {
        "file": result.file,
        "seconds": round(result.seconds, 2),
        "passed": outcomes["passed"],
        "untried": outcomes["untried"],
        "properties": len(result.properties),
        "flags": [[each.kind, each.says] for each in result.flags],
        "failed": [_failed(each, known) for each in result.properties if each.outcome == "failed"],
        "seed": str(result.seed) if result.draw else "",
        "rests": sorted({on for each in passed for on in each.rests_on}),
    }


def _failed(result: PropertyResult, known: _Known) -> dict[str, Any]:
    texts = {
        "name": result.name,
        "sentence": result.sentence,
        "headline": result.headline,
        "says": result.says,
        "text": result.text.strip("\n"),
    }
    picture = result.picture
    place = known.pictures.setdefault(picture, len(known.pictures)) if picture else None
    return _told(
        device=result.device,
        # As a list, so that the place 0 is told too.
        picture=[] if place is None else [place],
        rests=list(result.rests_on),
        **{
            each: [known.lines.setdefault(line, len(known.lines)) for line in text.split("\n")]
            for each, text in texts.items()
            if text
        },
    )


def _told(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def number(value: float) -> str:
    """Points on the page: two decimals at most."""
    return figure(value, 2)


def moment(value: datetime | None) -> str:
    """A time on the page, to the minute; nothing where there is none."""
    return f"{value:%Y-%m-%d %H:%M %Z}".strip() if value else ""
