"""A student's submission in a folder: which of its files is judged in place of which exercise."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from torchkata.suite.curriculum import Suite
from torchkata.suite.layout import EXPECTED, Layout, is_left_behind, is_no_answer

UNPROTECTED = "--submission runs this code without a sandbox"

_ARCHIVES = (".zip", ".tar", ".gz", ".tgz", ".7z", ".rar")


class SubmissionError(Exception):
    """The folder can't be taken for one student's submission; the message says why."""


def submitted(folder: Path, suite: Suite) -> Mapping[str, Path]:
    """The files of the submission in `folder`, by the exercise's key; links are left aside.

    Raises SubmissionError where the folder isn't there, holds no exercise's file, or holds several
    submissions.
    """
    layout = Layout(suite.exercises)
    try:
        found = _files(folder, layout)
        # What was zipped as a folder comes out one folder deeper.
        below = [] if found else [(each, _files(each, layout)) for each in _folders(folder)]
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
            f"--submission {str(folder)!r}: holds no file of an exercise. Expected is {EXPECTED}, "
            "at most one folder deeper."
        )
    return found


def _files(folder: Path, layout: Layout) -> dict[str, Path]:
    """The file of each exercise, where one lies in a place of the suite: the nearest of several.

    Of an exercise that has none, that which is nearly called so, where it is the only one.
    """
    exact: dict[str, list[tuple[int, str]]] = {}
    near: dict[str, list[str]] = {}
    for path in _in_places(folder, layout):
        meant = layout.meant(path)
        if meant is None or meant.is_notebook:
            continue
        if meant.exact:
            exact.setdefault(meant.exercise.key, []).append((meant.elsewhere, path))
        else:
            near.setdefault(meant.exercise.key, []).append(path)
    found = {key: min(each)[1] for key, each in exact.items()}
    found |= {key: each[0] for key, each in near.items() if key not in found and len(each) == 1}
    return {key: folder / path for key, path in found.items()}


def _in_places(folder: Path, layout: Layout) -> Iterator[str]:
    """The plain files right in the folder, and in the folders of topics."""
    yield from _plain_files(folder, "")
    for above in ("", "exercises/"):
        if above and os.path.islink(folder / above.rstrip("/")):
            continue
        for topic in sorted(layout.topics):
            if os.path.isdir(folder / above / topic) and not os.path.islink(folder / above / topic):
                yield from _plain_files(folder, f"{above}{topic}/")


def _plain_files(folder: Path, below: str) -> Iterator[str]:
    """Files of their own: a link could show any other, a pipe would never end."""
    with os.scandir(folder / below) as listing:
        names = [each.name for each in listing if each.is_file(follow_symlinks=False)]
    yield from (below + name for name in sorted(names))


def _folders(folder: Path) -> list[Path]:
    return sorted(
        each
        for each in folder.iterdir()
        if each.is_dir()
        and not each.is_symlink()
        and not is_left_behind(each.name)
        and not is_no_answer(each.name)
    )


def _refusal(folder: Path, error: OSError) -> str:
    named = f"--submission {str(folder)!r}"
    if not folder.is_file():
        return f"{named}: can't be read: {error.strerror}. Name the folder of a submission."
    if folder.suffix.lower() in _ARCHIVES:
        return f"{named}: is an archive: unpack it first, and name the folder."
    return f"{named}: is a file: name the folder that holds it."
