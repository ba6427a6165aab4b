"""A class's files as programs that look for similar ones read them: a folder for each exercise.

The stub is in each as what all have in common, so that it counts for nothing.
"""

import csv
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path

from torchkata.grading.grades import Submission
from torchkata.grading.intake.submissions import Unreadable, read
from torchkata.grading.outputs.exports.outcome import Exported, ExportError
from torchkata.grading.outputs.harmless import cell, one_line
from torchkata.grading.outputs.output_files import file_name
from torchkata.grading.outputs.wording import called
from torchkata.suite.curriculum import Exercise, Suite
from torchkata.suite.stubs import stub_of

_Handed = tuple[Submission, bytes]


def write_similarity(
    program: str,
    suite: Suite,
    exercises: Sequence[str],
    submissions: Sequence[Submission],
    folder: Path,
) -> Exported:
    """Write what `program`, one of PROGRAMS, reads into `folder`, which must be new or empty.

    Of each exercise there is a folder `TOPIC/NAME`. Raises ExportError and OSError.
    """
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise ExportError(f"{folder} is not empty: name another folder, or remove it.")
    remarks: list[str] = []
    files = []
    for exercise in map(suite.find, exercises):
        handed = list(_handed(exercise, submissions, remarks))
        if len(handed) < 2:
            remarks.append(f"{exercise.key} is left out: fewer than two have handed it in.")
            continue
        place = folder / exercise.key
        for name, content in PROGRAMS[program](exercise, handed).items():
            path = place / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        files.append(place)
    if files:
        remarks.append(_COMMANDS[program].format(folder=files[0]))
    else:
        shutil.rmtree(folder, ignore_errors=True)
    return Exported(tuple(files), tuple(remarks))


def _handed(
    exercise: Exercise, submissions: Sequence[Submission], remarks: list[str]
) -> Iterator[_Handed]:
    for each in submissions:
        if exercise.key not in each.files:
            continue
        try:
            yield each, read(each.files[exercise.key])
        except Unreadable as error:
            remarks.append(f"{called(each.student)} is left out of {exercise.key}: {error}")


def _dolos(exercise: Exercise, handed: Sequence[_Handed]) -> Mapping[str, bytes]:
    """The files, the stub for `--ignore`, and info.csv, which lists the files."""
    found = {"stub.py": stub_of(exercise).encode()}
    times = [each.submitted if each.clocked else None for each, _ in handed]
    # The timeline is made of all or none: a submission without a time would be of an invalid date.
    timed = all(each is not None and each.tzinfo is not None for each in times)
    rows = [["filename", "label", "full_name", *(["created_at"] if timed else [])]]
    for (submission, content), time in zip(handed, times, strict=True):
        student = submission.student
        name = f"submissions/{file_name(student.id)}.py"
        found[name] = content
        row = [name, cell(student.section), cell(one_line(student.name or student.id))]
        rows.append([*row, *([f"{time:%Y-%m-%d %H:%M:%S %z}"] if timed else [])])
    text = StringIO(newline="")
    csv.writer(text).writerows(rows)
    found["info.csv"] = text.getvalue().encode("utf-8", "backslashreplace")
    return found


def _jplag(exercise: Exercise, handed: Sequence[_Handed]) -> Mapping[str, bytes]:
    """A folder for each student in `submissions`, and the stub in `base`."""
    file = f"{exercise.name}.py"
    found = {f"base/{file}": stub_of(exercise).encode()}
    for submission, content in handed:
        found[f"submissions/{file_name(submission.student.id)}/{file}"] = content
    return found


PROGRAMS: Mapping[str, Callable[[Exercise, Sequence[_Handed]], Mapping[str, bytes]]] = {
    "dolos": _dolos,
    "jplag": _jplag,
}

_COMMANDS = {
    "dolos": "To look: `cd {folder} && dolos run -f web -l python -i stub.py info.csv`",
    "jplag": "To look: `java -jar jplag.jar -l python3 -bc {folder}/base {folder}/submissions`",
}
