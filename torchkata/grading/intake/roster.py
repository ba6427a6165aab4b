"""The roster of a class: a CSV file as Canvas, Moodle or a person writes it."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from io import StringIO
from pathlib import Path

from torchkata.grading.grades import Student
from torchkata.grading.intake.entries import shown

# What a column is called, without regard to case, spaces and underscores, and what it holds.
_COLUMNS = {
    "id": "id",
    "studentid": "id",
    "studentnumber": "id",
    "identifier": "identifier",
    "name": "name",
    "fullname": "name",
    "student": "name",
    "studentname": "name",
    "firstname": "given",
    "givenname": "given",
    "lastname": "family",
    "surname": "family",
    "familyname": "family",
    "email": "email",
    "emailaddress": "email",
    "e-mail": "email",
    "mail": "email",
    "login": "login",
    "loginid": "login",
    "sisloginid": "login",
    "username": "login",
    "githubusername": "login",
    "sisid": "sis_id",
    "sisuserid": "sis_id",
    "idnumber": "sis_id",
    "section": "section",
}
_TELLING = {"id", "identifier", "sis_id", "login", "email", "name"}
_UNIQUE = ("id", "email", "login", "sis_id")
_CALLED = {"id": "id", "email": "email address", "login": "login", "sis_id": "SIS id"}


class RosterError(Exception):
    """A roster can't be used; the message names the file, the line and what to do."""


def read_roster(path: Path) -> tuple[Student, ...]:
    """The students of a CSV file, in its order.

    A student's id is that of the column for it, or else the SIS id or Moodle's ID number, the
    login, the email address or the name. In Moodle's worksheet it is the participant's number.
    Raises RosterError.
    """
    text = _text(path)
    header, rows = _table(path, text)
    _check(path, header)
    is_canvas = any(_plain(each) == "student" for each in header)
    columns = [_COLUMNS.get(_plain(each), "") for each in header]
    students: list[Student] = []
    lines: dict[tuple[str, str], int] = {}
    for line, cells in rows:
        if len(cells) > len(header):
            raise RosterError(
                f"{path}, line {line}: there are {len(cells)} values and {len(header)} columns. "
                'Write a value that holds a comma in quotes: "Doe, Jane".'
            )
        values = {
            column: cell.strip() for column, cell in zip(columns, cells, strict=False) if column
        }
        if not any(values.values()) or (is_canvas and _is_no_student(values)):
            continue
        student = _student(path, line, values)
        if is_canvas:
            student = replace(student, canvas_id=canvas_id(values.get("id", "")))
        for key in _UNIQUE:
            value = getattr(student, key)
            before = lines.setdefault((key, value.casefold()), line)
            if value and before != line:
                raise RosterError(
                    f"{path}, line {line}: the {_CALLED[key]} {shown(value)} stands in line "
                    f"{before} already. Take one of the two lines out, or mend it."
                )
        students.append(student)
    if not students:
        raise RosterError(f"{path}: there is no student below the header.")
    return tuple(students)


def canvas_id(text: str) -> str:
    """What Canvas knows a student by, if that is what the text is.

    It reads the digits that an id begins with, so one that is not all digits would be another's.
    """
    return text if text.isascii() and text.isdigit() else ""


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise RosterError(f"{path} can't be read: {error.strerror}.") from None
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise RosterError(f"{path} is UTF-16. Save it as CSV in UTF-8.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise RosterError(
            f"{path}, line {line}: it is not UTF-8. Save it as CSV in UTF-8."
        ) from None
    if "\0" in text:
        raise RosterError(f"{path} holds NUL characters, so it is no CSV. Save it as CSV in UTF-8.")
    return text


def _table(path: Path, text: str) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """The header and the rows below it, each with the number of its last line."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;", key=lambda each: sum(map(_is_known, first.split(each))))
    rows = _rows(path, text, delimiter)
    return next(rows, (1, [""]))[1], rows


def _rows(path: Path, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            if any(each.strip() for each in cells):
                yield reader.line_num, cells
    except csv.Error as error:
        raise RosterError(
            f"{path}, line {reader.line_num}: it is no CSV: {error}. Mend the quotes there."
        ) from None


def _check(path: Path, header: Sequence[str]) -> None:
    """Raise RosterError where the columns don't tell who a student is, or one stands twice."""
    seen: dict[str, str] = {}
    for each in header:
        column = _COLUMNS.get(_plain(each), "")
        if column and column in seen:
            raise RosterError(
                f"{path}: the columns {shown(seen[column])!r} and {shown(each)!r} mean the same. "
                "Take one out."
            )
        seen[column] = each
    if not (_TELLING & set(seen) or {"given", "family"} <= set(seen)):
        named = ", ".join(repr(shown(each.strip())) for each in header if each.strip()) or "none"
        raise RosterError(
            f"{path}: no column tells who a student is: {named}. The first line must name the "
            "columns: at least one of id, login, email and name, or as Canvas and Moodle call them."
        )


def _is_no_student(values: Mapping[str, str]) -> bool:
    """Whether a row of Canvas's gradebook is that of the possible points or of the test student."""
    name = values.get("name", "")
    return name.startswith("Points Possible") or name == "Student, Test"


def _student(path: Path, line: int, values: Mapping[str, str]) -> Student:
    given, family = values.get("given", ""), values.get("family", "")
    name = values.get("name") or f"{given} {family}".strip()
    sis_id, login, email = (values.get(key, "") for key in ("sis_id", "login", "email"))
    # Moodle's identifier is `Participant 123`, in whatever language; others' may be anything.
    identifier = values.get("identifier", "")
    participant = re.fullmatch(r".*\s([0-9]+)", identifier)
    if participant:
        identifier = participant[1]
    known = (identifier, values.get("id"), sis_id, login, email, name)
    key = next((each for each in known if each), "")
    if not key:
        raise RosterError(
            f"{path}, line {line}: nothing tells who this student is. Fill in one of id, login, "
            "email and name."
        )
    return Student(key, name, email, login, sis_id, values.get("section", ""))


def _is_known(name: str) -> bool:
    return _plain(name) in _COLUMNS


def _plain(name: str) -> str:
    """A column's name without quotes, case, spaces and underscores."""
    return re.sub(r"""["'\s_]""", "", name).casefold()
