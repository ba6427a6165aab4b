"""grades.csv: one row a student, for a person with a spreadsheet or a script.

UTF-8 without a byte order mark, commas. A student who submitted nothing has 0 points; a cell of an
exercise is blank where it could not be judged. Text that a spreadsheet would compute has an
apostrophe before it, ids among it. Points are those for what was handed in, whenever that was;
where the assignment has a policy on lateness, two columns at the end say what it comes to.
"""

import csv
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from torchkata.grading.grades import ExerciseGrade, StudentGrade
from torchkata.grading.outputs.harmless import cell
from torchkata.grading.outputs.output_files import replacing
from torchkata.grading.outputs.wording import figure, is_incomplete

_BEFORE = ("id", "name", "email", "login", "section", "points", "out of")
_OF_LATENESS = ("after lateness", "lateness")
_AFTER = ("late", "overridden", "problem", "flags", "points on the process's word")


def write_grades_csv(path: Path, grades: Iterable[StudentGrade]) -> None:
    """Write the table, in the order given, with a column for each exercise. Raises OSError."""
    coming = iter(grades)
    first = next(coming, None)
    exercises = [each.exercise for each in first.exercises] if first else []
    with replacing(path) as file:
        table = csv.writer(file)
        has_policy = first is not None and first.lateness is not None
        table.writerow([*_BEFORE, *exercises, *_AFTER, *(_OF_LATENESS if has_policy else ())])
        if first:
            table.writerows(map(_row, chain([first], coming)))


def _row(grade: StudentGrade) -> list[str]:
    student = grade.student
    flags = (
        f"{each.exercise}: {flag.kind}"
        for each in grade.exercises
        if each.result
        for flag in each.result.flags
    )
    odd = (flag.kind for flag in grade.flags)
    text = (student.id, student.name, student.email, student.login, student.section)
    return [
        *map(cell, text),
        figure(grade.points),
        figure(grade.out_of),
        *map(_points, grade.exercises),
        "late" if grade.late else "",
        cell("; ".join(each.exercise for each in grade.exercises if each.override)),
        cell("; ".join(_problems(grade))),
        cell("; ".join(dict.fromkeys([*odd, *flags]))),
        figure(grade.resting),
        *([figure(grade.final), cell(grade.lateness.says)] if grade.lateness else ()),
    ]


def _points(grade: ExerciseGrade) -> str:
    unknown = grade.standing == "not judged" and not grade.override
    return "" if unknown else figure(grade.points)


def _problems(grade: StudentGrade) -> Iterator[str]:
    if grade.problem:
        yield grade.problem
    if is_incomplete(grade):
        yield "not all could be judged"
