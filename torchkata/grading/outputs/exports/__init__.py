"""Exports: the grades as other systems read them. FORMATS is the one list of what there is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from torchkata.grading.grades import Run, StudentGrade
from torchkata.grading.outputs.exports.canvas import write_canvas
from torchkata.grading.outputs.exports.classroom import classroom
from torchkata.grading.outputs.exports.classroom50 import classroom50
from torchkata.grading.outputs.exports.gradescope import gradescope
from torchkata.grading.outputs.exports.json_lines import write_json_lines
from torchkata.grading.outputs.exports.junit import write_junit
from torchkata.grading.outputs.exports.moodle import (
    COLUMNS,
    PARTICIPANT,
    write_gradebook,
    write_worksheet,
)
from torchkata.grading.outputs.exports.outcome import Exported, ExportError
from torchkata.grading.outputs.exports.prairielearn import prairielearn
from torchkata.grading.outputs.output_files import file_name, replacing
from torchkata.grading.outputs.wording import called, is_incomplete
from torchkata.suite.curriculum import did_you_mean

__all__ = ["FORMATS", "NAMES", "ExportError", "Exported", "write", "write_student"]


@dataclass(frozen=True, slots=True)
class OfClass:
    """A format with one file for the whole class. `write` gives its remarks."""

    says: str
    write: Callable[[Run, Iterable[StudentGrade], TextIO], Sequence[str]]


@dataclass(frozen=True, slots=True)
class OfStudent:
    """A format with files of each student. `texts` gives the text for each suffix.

    Who could not be judged in full has none: what is missing would count as 0 points.
    """

    says: str
    texts: Callable[[Run, StudentGrade], Mapping[str, str]]


FORMATS: Mapping[str, OfClass | OfStudent] = {
    "gradescope": OfStudent("Gradescope's results.json, a file a student", gradescope),
    "canvas": OfClass("CSV for the import of Canvas's gradebook", write_canvas),
    "moodle": OfClass("CSV for the import of Moodle's gradebook", write_gradebook),
    "moodle-worksheet": OfClass("grading worksheet of a Moodle assignment", write_worksheet),
    "classroom": OfStudent("GitHub Classroom's JSON, and the step's output with it", classroom),
    "classroom50": OfStudent("Classroom 50's result.json, of its runner", classroom50),
    "prairielearn": OfStudent("PrairieLearn's results.json, a file a student", prairielearn),
    "junit": OfClass("JUnit XML for instructors, hidden properties too", write_junit),
    "jsonl": OfClass("JSON lines for instructors, with everything", write_json_lines),
}

NAMES = tuple(FORMATS)
_NOT_OF_GRADES = ("dolos", "jplag", "gradescope-autograder")


def write(
    format_name: str,
    run: Run,
    grades: Iterable[StudentGrade],
    destination: Path,
    columns: Mapping[str, str] | None = None,
) -> Exported:
    """Write the grades of a class in a format.

    `columns` are a Moodle site's own names for columns of its worksheet, which no other has.
    `destination` is the file; for a format with files of each student it is the folder of them.
    Each file is replaced whole or not at all. Raises ExportError.
    """
    chosen = _format(format_name)
    if columns:
        _check_columns(format_name, columns)
    try:
        if isinstance(chosen, OfClass):
            with replacing(destination) as file:
                if columns:
                    remarks = write_worksheet(run, grades, file, columns)
                else:
                    remarks = list(chosen.write(run, grades, file))
            return Exported((destination,), tuple(remarks))
        if destination.is_file():
            raise ExportError(
                f"{destination} is a file, and {format_name} has files of each student: name a "
                "folder for them, or one student."
            )
        destination.mkdir(parents=True, exist_ok=True)
        files: list[Path] = []
        remarks = []
        for grade in grades:
            if is_incomplete(grade):
                told = "not all of it could be judged. `kata grade` tries again"
                remarks.append(f"{called(grade.student)} is left out: {told}.")
                continue
            path = destination / file_name(grade.student.id)
            files += _write_texts(chosen.texts(run, grade), path)
        return Exported(tuple(files), tuple(remarks))
    except OSError as error:
        raise _not_written(destination, error) from None


def write_student(
    format_name: str,
    run: Run,
    grade: StudentGrade,
    destination: Path,
    columns: Mapping[str, str] | None = None,
) -> Exported:
    """Write one student's grade in a format to the file `destination`.

    A format that has further files for a student puts them beside it, under its name with their
    own suffix. Raises ExportError.
    """
    chosen = _format(format_name)
    if isinstance(chosen, OfClass):
        return write(format_name, run, [grade], destination, columns)
    if columns:
        _check_columns(format_name, columns)
    if is_incomplete(grade):
        raise ExportError(
            f"{called(grade.student)} has no score: not all of it could be judged. `kata grade` "
            "tries again."
        )
    try:
        (_, text), *others = chosen.texts(run, grade).items()
        with replacing(destination) as file:
            file.write(text)
        return Exported((destination, *_write_texts(dict(others), destination.with_suffix(""))))
    except OSError as error:
        raise _not_written(destination, error) from None


def _format(name: str) -> OfClass | OfStudent:
    if name not in FORMATS:
        names = (*NAMES, *_NOT_OF_GRADES)
        near = did_you_mean(name, {each: each for each in names})
        raise ExportError(
            f"There is no export format {name!r}.{near} There are: {', '.join(names)}."
        )
    return FORMATS[name]


def _check_columns(format_name: str, columns: Mapping[str, str]) -> None:
    if format_name != "moodle-worksheet":
        raise ExportError(f"--columns is for moodle-worksheet; {format_name} has no such names.")
    known = (*COLUMNS, PARTICIPANT)
    for each in columns:
        if each not in known:
            near = did_you_mean(each, {name: name for name in known})
            raise ExportError(
                f"Moodle's worksheet has no column {each!r}.{near} There are: "
                f"{', '.join(COLUMNS)}; and {PARTICIPANT!r} stands before a number."
            )


def _write_texts(texts: Mapping[str, str], path: Path) -> list[Path]:
    """Write each text to `path` with its suffix."""
    files = [path.with_name(path.name + suffix) for suffix in texts]
    for each, text in zip(files, texts.values(), strict=True):
        with replacing(each) as file:
            file.write(text)
    return files


def _not_written(destination: Path, error: OSError) -> ExportError:
    return ExportError(f"{destination}: can't be written: {error.strerror}.")
