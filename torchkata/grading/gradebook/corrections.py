"""Overrides in bulk: a CSV with the columns student, exercise, points and reason."""

import csv
from dataclasses import dataclass
from pathlib import Path

from torchkata.grading.gradebook.file import GradebookError

_COLUMNS = ("student", "exercise", "points", "reason")


@dataclass(frozen=True, slots=True)
class Correction:
    """A row: the points that an instructor gives, or None where the computed ones are to count."""

    line: int
    student: str
    exercise: str
    points: float | None
    reason: str


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """The rows of a CSV file. Blank points take an override back.

    Raises GradebookError, which names the file and the line, and OSError.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file, strict=True)
            missing = [each for each in _COLUMNS if each not in (rows.fieldnames or ())]
            if missing:
                raise GradebookError(
                    f"{path}: there is no column {missing[0]!r}. The first line must be "
                    f"{','.join(_COLUMNS)}."
                )
            return tuple(_correction(path, rows.line_num, each) for each in rows)
    except (csv.Error, UnicodeDecodeError) as error:
        raise GradebookError(f"{path} is no CSV in UTF-8: {error}.") from None


def _correction(path: Path, line: int, row: dict[str, str]) -> Correction:
    student, exercise, points, reason = ((row[each] or "").strip() for each in _COLUMNS)
    try:
        given = float(points) if points else None
    except ValueError:
        raise GradebookError(f"{path}, line {line}: {points!r} is no number of points.") from None
    return Correction(line, student, exercise, given, reason)
