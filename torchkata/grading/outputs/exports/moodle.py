"""The two CSVs that Moodle imports: into a course's gradebook, and into one assignment.

Moodle refuses a whole gradebook import for one student that it doesn't know. A row without an
identifier would be taken for the student of the row before. So a student who lacks the identifier
that the file goes by is left out of the file, and named.

Who submitted nothing gets 0 points. Who could not be judged in full is left out too, and keeps the
grade that Moodle has.
"""

import csv
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import TextIO

from torchkata.grading.grades import Run, Student, StudentGrade
from torchkata.grading.outputs import wording
from torchkata.grading.outputs.exports.outcome import ExportError
from torchkata.grading.outputs.harmless import cell, cut, is_formula, one_line
from torchkata.grading.outputs.wording import called, figure, is_incomplete

COLUMNS = (
    "Identifier",
    "Full name",
    "Email address",
    "Grade",
    "Maximum grade",
    "Last modified (grade)",
    "Feedback comments",
)
"""Of the worksheet, as a site in English calls them; any other language has its own names."""

PARTICIPANT = "Participant "
"""What stands before the number of a participant, in English."""

_MOST_FEEDBACK = 10_000
_HIGHEST = 100
_PARTICIPANT = re.compile(r"(?:Participant )?([1-9][0-9]*)", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Kind:
    """Something that Moodle knows a student by, and the column of it."""

    word: str
    column: str
    of: Callable[[Student], str]


_KINDS = (
    _Kind("email", "Email address", lambda student: student.email),
    _Kind("username", "Username", lambda student: student.login),
    _Kind("ID number", "ID number", lambda student: student.sis_id),
)


def write_gradebook(run: Run, grades: Iterable[StudentGrade], file: TextIO) -> list[str]:
    """Write the CSV for the gradebook; gives the remarks.

    Students are identified by what most of them have: the email, the username or the ID number.
    Raises ExportError where there are students and none has any.
    """
    judged, remarks = _judged(grades)
    counts = [sum(bool(_identifier(kind, each)) for each in judged) for kind in _KINDS]
    kind = _KINDS[counts.index(max(counts))]
    if judged and not max(counts):
        raise ExportError(
            "Moodle knows a student by email, username or ID number, and no student has one here. "
            "Grade with `--roster FILE`, a CSV with one of these columns."
        )
    table = csv.writer(file)
    table.writerow([kind.column, "Full name", one_line(run.title)])
    too_high = 0
    for grade in judged:
        if key := _identifier(kind, grade):
            table.writerow([key, cell(grade.student.name), figure(grade.final)])
            too_high += grade.final > _HIGHEST
        else:
            told = f"has no {kind.word} that the file could go by"
            remarks.append(f"{called(grade.student)} is left out: {told}.")
    if too_high:
        who = "1 student has" if too_high == 1 else f"{too_high} students have"
        remarks.append(
            f"{who} more than {_HIGHEST} points: Moodle refuses the whole file, unless the site "
            "has unlimited grades."
        )
    return remarks


def write_worksheet(
    run: Run,
    grades: Iterable[StudentGrade],
    file: TextIO,
    called_here: Mapping[str, str] | None = None,
) -> list[str]:
    """Write the offline grading worksheet; gives the remarks.

    `called_here` gives the site's own names for some of COLUMNS, and for PARTICIPANT.

    The ids must be those that Moodle gives to participants of the assignment, as its download of
    all submissions and its own worksheet have them. No time is given for a grade: Moodle then keeps
    a grade that it already has, unless it is told to update records that were modified. Feedback is
    HTML to Moodle, in one line.

    Raises ExportError where there are students and none has such an id.
    """
    judged, remarks = _judged(grades)
    numbers = [_PARTICIPANT.fullmatch(each.student.id) for each in judged]
    if judged and not any(numbers):
        raise ExportError(
            "Moodle's worksheet needs the number of each participant, and no student has one "
            "here. Grade what Moodle's `Download all submissions` gives, or grade with "
            "`--roster FILE`, its own worksheet."
        )
    table = csv.writer(file)
    names = called_here or {}
    table.writerow([names.get(each, each) for each in COLUMNS])
    before = names.get(PARTICIPANT, PARTICIPANT)
    for grade, number in zip(judged, numbers, strict=True):
        if number is None:
            told = "its id is not a number of a participant in Moodle"
            remarks.append(f"{called(grade.student)} is left out: {told}.")
            continue
        who = (cell(grade.student.name), cell(grade.student.email))
        points = (figure(grade.final), figure(grade.out_of))
        said = cell(cut(_feedback(grade), _MOST_FEEDBACK))
        table.writerow([f"{before}{number[1]}", *who, *points, "-", said])
    if judged:
        remarks.append(_MODIFIED)
    return remarks


_MODIFIED = (
    "Moodle keeps the grade of who has one already, unless you tick `Allow updating records that "
    "have been modified more recently in Moodle than in the spreadsheet` at the import."
)


def _feedback(grade: StudentGrade) -> str:
    told = [f"{figure(grade.final)} of {figure(grade.out_of)} points."]
    if grade.lateness and grade.lateness.says:
        told.append(grade.lateness.says)
    if not grade.source:
        told.append("Nothing was submitted.")
    if grade.problem:
        told.append(f"It could not be read: {grade.problem}")
    for each in grade.exercises:
        told.append(f"{each.exercise}: {wording.standing(each)}.")
        if each.override:
            told.append(wording.override(each))
    return " ".join(escape(one_line(each), quote=False) for each in told)


def _judged(grades: Iterable[StudentGrade]) -> tuple[list[StudentGrade], list[str]]:
    """Those who were judged in full, and remarks on the others."""
    judged: list[StudentGrade] = []
    remarks = []
    for grade in grades:
        if is_incomplete(grade):
            told = "not all of it could be judged. `kata grade` tries again"
            remarks.append(f"{called(grade.student)} is left out: {told}.")
        else:
            judged.append(grade)
    return judged, remarks


def _identifier(kind: _Kind, grade: StudentGrade) -> str:
    """What the file knows the student by; empty where Moodle can't match it.

    An apostrophe before a formula would make it unknown, and `0` is nothing to Moodle.
    """
    text = kind.of(grade.student).strip()
    return "" if is_formula(text) or one_line(text) != text or text == "0" else text
