"""What one student handed in, looked through for the files of exercises."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from torchkata.grading.grades import SubmittedFile
from torchkata.grading.intake import archive
from torchkata.grading.intake.archive import MOST_FILES, BadArchive
from torchkata.grading.intake.entries import Entry, children, modified, shown
from torchkata.suite.curriculum import Exercise

LARGEST_UNPACKED = 256 << 20
"""Bytes that all members of a student's archives may have together when inflated."""

MOST_ARCHIVES = 10
"""How many archives of a student are opened."""

_DEEPEST = 6
_NAMED = 4
_PASSED_OVER = {
    *("__MACOSX", "__pycache__", "solutions", "tests", "Thumbs.db", "desktop.ini"),
    *("env", "venv", "node_modules", "site-packages"),
}
_RUN_BY_THEMSELVES = re.compile(
    r"(?:conftest|sitecustomize|usercustomize|torch|numpy|torchkata)\.py|pytest\.ini|.*\.pth",
    re.DOTALL,
)
_REFUSED = {
    "link": "a symbolic link",
    "special": "a pipe or a device",
    "outside": "a path that leads out of it",
}
_REMARKS = {
    "folder": " (too deep)",
    "link": " (a symbolic link)",
    "special": " (a pipe or a device)",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A folder, an archive or a file that a student handed in.

    `name` is the student's own. A higher `order` was handed in later.
    """

    entry: Entry
    name: str
    order: int = 0


@dataclass(frozen=True, slots=True)
class Gathered:
    """What counts of it. `modified` is in seconds since 1970, of the file changed last."""

    files: Mapping[str, SubmittedFile]
    problem: str | None
    notes: tuple[str, ...]
    modified: float | None


class _Found(NamedTuple):
    """A file called as one of an exercise; of several the first in this order counts."""

    earlier: int
    in_archive: bool
    elsewhere: int
    depth: int
    path: str
    entry: Entry


@dataclass(slots=True)
class _Seen:
    """How much was looked at of what a student handed in."""

    files: int = 0
    size: int = 0


class _Refused(Exception):
    """Nothing is taken from a part; the message says in a sentence why."""


def gather(parts: Sequence[Part], exercises: Mapping[str, Exercise]) -> Gathered:
    """The files of exercises in what a student handed in; `exercises` are by their files' names.

    Raises nothing: what can't be read is a problem, or a note where there is something else.
    """
    found: dict[str, list[_Found]] = {}
    others: list[str] = []
    wrong: list[str] = []
    seen = _Seen()
    ahead = list(parts)
    for part in ahead:
        is_archive = part.entry.kind == "file" and is_zip(part.name)
        try:
            below = list(_files(part, is_archive, len(ahead) == 1, seen))
        except (_Refused, BadArchive) as error:
            wrong.append(str(error))
            continue
        except OSError as error:
            wrong.append(f"{shown(part.name)} can't be read: {error.strerror}.")
            continue
        for path, entry in below:
            name = path.rpartition("/")[2]
            exercise = exercises.get(name)
            if exercise is not None:
                place = _elsewhere(path, exercise), path.count("/"), path
                each = _Found(-part.order, is_archive, *place, entry)
                found.setdefault(exercise.key, []).append(each)
            elif (
                entry.kind == "file"
                and is_zip(name)
                and not is_archive
                and len(ahead) < len(parts) + MOST_ARCHIVES
            ):
                ahead.append(Part(entry, path, part.order))
            else:
                others.append(path + _REMARKS.get(entry.kind, ""))
    for candidates in found.values():
        candidates.sort(key=lambda each: each[:-1])
    chosen = {each.key: found[each.key][0] for each in exercises.values() if each.key in found}
    files = {
        key: SubmittedFile(each.path, Path(each.entry.location), each.entry.member)
        for key, each in chosen.items()
    }
    lesser = [each.path for key in chosen for each in found[key][1:]]
    twice = [each.path for each in chosen.values() if each.entry.repeated]
    notes = [*_notes(others, lesser, twice), *(wrong if files else ())]
    dated = [each.entry for each in chosen.values()] or [part.entry for part in parts]
    times = [time for time in map(modified, dated) if time is not None]
    problem = " ".join(wrong) if wrong and not files else None
    return Gathered(files, problem, tuple(notes), max(times, default=None))


def is_zip(name: str) -> bool:
    """Whether a file is an archive, by its name."""
    return name.lower().endswith(".zip")


def passed_over(entry: Entry) -> bool:
    """Whether a file or folder is one that programs leave behind, or the suite's own."""
    left_behind = entry.name.startswith(".") or entry.name in _PASSED_OVER
    return left_behind and entry.kind != "outside"


def _files(part: Part, is_archive: bool, alone: bool, seen: _Seen) -> Iterator[tuple[str, Entry]]:
    """What a part holds, by the path within what was handed in.

    Raises _Refused, BadArchive and OSError.
    """
    if is_archive:
        prefix = "" if alone else f"{part.name}/"
        yield from _below(archive.handed_in(part.entry), part.name, prefix, 1, seen)
    elif part.entry.kind == "folder":
        yield from _below(part.entry, part.name, "", 1, seen)
    elif part.entry.kind != "file" and (
        part.entry.member is not None or not part.name.endswith(".py")
    ):
        raise _Refused(f"{shown(part.name)} is {_REFUSED[part.entry.kind]}: it is not read.")
    else:
        yield part.name, part.entry


def _below(
    folder: Entry, top: str, path: str, depth: int, seen: _Seen
) -> Iterator[tuple[str, Entry]]:
    for each in children(folder, MOST_FILES + 1):
        if passed_over(each):
            continue
        seen.files += 1
        seen.size += each.size
        inside = path + each.name
        if seen.files > MOST_FILES:
            raise _Refused(f"{shown(top)} holds more than {MOST_FILES:,} files.")
        if seen.size > LARGEST_UNPACKED:
            limit = f"{LARGEST_UNPACKED >> 20} MiB"
            raise _Refused(f"{shown(top)} unpacks to more than {limit}: nothing of it is read.")
        if folder.below is not None and each.kind in _REFUSED:
            what = f"{_REFUSED[each.kind]}, {shown(inside)}"
            raise _Refused(f"{shown(top)} holds {what}: nothing of it is read.")
        if each.kind == "folder" and not each.name.endswith(".py") and depth < _DEEPEST:
            yield from _below(each, top, f"{inside}/", depth + 1, seen)
        else:
            yield inside, each


def _elsewhere(path: str, exercise: Exercise) -> int:
    """How far from where the suite has it a file was handed in."""
    folders = path.split("/")[:-1]
    if folders[-2:] == ["exercises", exercise.topic]:
        return 0
    return 1 if folders[-1:] == [exercise.topic] else 2


def _notes(others: list[str], lesser: list[str], twice: list[str]) -> Iterator[str]:
    if others:
        by_themselves = [each for each in others if _runs_by_itself(each)]
        rest = [each for each in others if not _runs_by_itself(each)]
        yield f"Left aside, as no file of an exercise: {_listed(by_themselves + rest)}."
    if lesser:
        yield f"Left aside, as another file of the exercise counts: {_listed(lesser)}."
    if twice:
        yield f"More than once in its archive, and the last counts: {_listed(twice)}."


def _runs_by_itself(path: str) -> bool:
    return _RUN_BY_THEMSELVES.fullmatch(path.rpartition("/")[2]) is not None


def _listed(paths: list[str]) -> str:
    named = ", ".join(shown(each) for each in paths[:_NAMED])
    more = len(paths) - _NAMED
    return f"{named} and {more:,} more" if more > 0 else named
