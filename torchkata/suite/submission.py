"""A student's submission in a folder: which of its files is judged in place of which exercise."""

import stat
from collections.abc import Mapping
from pathlib import Path

from torchkata.suite.curriculum import Exercise, Suite

UNPROTECTED = "--submission runs this code without a sandbox"

_NO_SUBMISSION = frozenset({"solutions", "tests", "__MACOSX"})
_EXPECTED = "exercises/TOPIC/NAME.py, TOPIC/NAME.py or NAME.py, at most one folder deeper"


class SubmissionError(Exception):
    """The folder can't be taken for one student's submission; the message says why."""


def submitted(folder: Path, suite: Suite) -> Mapping[str, Path]:
    """The files of the submission in `folder`, by the exercise's key; links are left aside.

    Raises SubmissionError where the folder isn't there, holds no exercise's file, or holds several
    submissions.
    """
    try:
        found = _files(folder, suite)
        # What was zipped as a folder comes out one folder deeper.
        below = [] if found else [(each, _files(each, suite)) for each in _folders(folder)]
    except OSError as error:
        raise SubmissionError(_refusal(folder, error)) from None
    several = [(each, files) for each, files in below if files]
    if len(several) > 1:
        names = ", ".join(repr(each.name) for each, _ in several[:3])
        more = f" and {len(several) - 3} more" if len(several) > 3 else ""
        raise SubmissionError(
            f"--submission {str(folder)!r}: holds several submissions: {names}{more}. "
            "Name the folder of one."
        )
    if several:
        found = several[0][1]
    if not found:
        raise SubmissionError(
            f"--submission {str(folder)!r}: holds no file of an exercise. Expected is {_EXPECTED}."
        )
    return found


def _files(folder: Path, suite: Suite) -> dict[str, Path]:
    found = {}
    for exercise in suite.exercises:
        for path in _candidates(folder, exercise):
            if _is_plain_file(path):
                found[exercise.key] = path
                break
    return found


def _candidates(folder: Path, exercise: Exercise) -> tuple[Path, ...]:
    name = f"{exercise.name}.py"
    topic = Path(exercise.topic, name)
    return folder / "exercises" / topic, folder / topic, folder / name


def _is_plain_file(path: Path) -> bool:
    """Whether it is a file of its own: a link could show any other, a pipe would never end."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def _folders(folder: Path) -> list[Path]:
    return sorted(
        each
        for each in folder.iterdir()
        if each.is_dir()
        and not each.is_symlink()
        and not each.name.startswith(".")
        and each.name not in _NO_SUBMISSION
    )


def _refusal(folder: Path, error: OSError) -> str:
    named = f"--submission {str(folder)!r}"
    if not folder.is_file():
        return f"{named}: can't be read: {error.strerror}. Name the folder of a submission."
    if folder.suffix.lower() in (".zip", ".tar", ".gz", ".tgz", ".7z", ".rar"):
        return f"{named}: is an archive: unpack it first, and name the folder."
    return f"{named}: is a file: name the folder that holds it."
