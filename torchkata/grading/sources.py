"""What each student handed in, told apart by looking at what an instructor gives.

A folder or an archive is one submission where a file of an exercise, or a folder called
`exercises` or as a topic, lies right in it. Otherwise each folder and each archive in it is one
student's, and so are the files that Canvas or Moodle named after one student.
"""

import contextlib
import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

from torchkata.grading import archive, downloads
from torchkata.grading.archive import MOST_FILES, BadArchive
from torchkata.grading.downloads import Named
from torchkata.grading.entries import Entry, children, shown
from torchkata.grading.gathering import Part, is_zip, passed_over
from torchkata.grading.grades import Student
from torchkata.grading.register import Register
from torchkata.suite import Exercise, did_you_mean


class SubmissionsError(Exception):
    """No submissions can be read there; the message says what to do."""


@dataclass(slots=True)
class Handed:
    """What a student handed in by one way, not looked through yet.

    `source` names it for people. `sure` says that it is a submission whatever is in it.
    `superseded` are files that the student replaced.
    """

    student: Student
    source: str
    parts: list[Part] = field(default_factory=list)
    late: bool = False
    sure: bool = False
    submitted: datetime | None = None
    superseded: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Look:
    """What is needed to tell things apart; `several` says that more than one path was given."""

    exercises: Mapping[str, Exercise]
    register: Register
    several: bool


def handed_in(
    paths: Sequence[Path], exercises: Mapping[str, Exercise], register: Register
) -> Iterator[Handed]:
    """What each student handed in; a student comes again for each way. Theirs is not read yet.

    `exercises` are by their files' names. Raises SubmissionsError.
    """
    look = _Look(exercises, register, len(paths) > 1)
    named: list[Entry] = []
    loose: dict[Path, Handed] = {}
    for path in paths:
        entry = _given(path)
        if entry.kind == "folder":
            yield from _within(entry, str(path), look)
        elif _named(entry):
            named.append(entry)
        elif is_zip(entry.name):
            yield from _archived(entry, path, look)
        else:
            _add_loose(loose, path, entry, exercises)
    yield from _each(named, "")
    yield from loose.values()


def _given(path: Path) -> Entry:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise SubmissionsError(f"{path}: there is no such file or folder.") from None
    except OSError as error:
        raise SubmissionsError(f"{path} can't be read: {error.strerror}.") from None
    name = os.path.basename(os.path.abspath(path))
    if stat.S_ISDIR(mode):
        return Entry(name, "folder", str(path))
    if stat.S_ISREG(mode):
        return Entry(name, "file", str(path))
    raise SubmissionsError(f"{path} is neither a file nor a folder.")


def _archived(entry: Entry, path: Path, look: _Look) -> Iterator[Handed]:
    try:
        root = archive.whole(path)
    except BadArchive as error:
        if look.several:
            yield Handed(_student(entry), str(path), [Part(entry, entry.name)], sure=True)
            return
        raise SubmissionsError(f"{error} Get it anew, or unpack it and give the folder.") from None
    yield from _within(root, str(path), look)


def _add_loose(
    loose: dict[Path, Handed], path: Path, entry: Entry, exercises: Mapping[str, Exercise]
) -> None:
    """Add a file that was given by itself to what the student whose folder it is in handed in."""
    if entry.name not in exercises:
        if not entry.name.endswith(".py"):
            raise SubmissionsError(
                f"{path} is neither a folder, nor a zip, nor a Python file. If it is an archive, "
                "unpack it and give the folder."
            )
        near = did_you_mean(path.stem, {each.name: each.key for each in exercises.values()})
        raise SubmissionsError(f"{path} is called as no exercise of the suite.{near}")
    topics = {each.topic for each in exercises.values()}
    whole = Path(os.path.abspath(path))
    owner = whole.parent
    while owner.name in topics or owner.name == "exercises":
        owner = owner.parent
    handed = loose.setdefault(owner, Handed(Student(owner.name or path.stem), str(path)))
    handed.parts.append(Part(entry, whole.relative_to(owner).as_posix()))
    if len(handed.parts) > 1:
        handed.source = str(owner)


def _within(root: Entry, source: str, look: _Look) -> Iterator[Handed]:
    """What is in a folder that was given, or in an archive as a folder."""
    told = downloads.gradescope(Path(root.location)) if root.name == "submission" else None
    if told is not None:
        student, submitted, late = told
        yield Handed(student, source, [Part(root, root.name)], late, True, submitted)
        return
    try:
        inside = _seen(children(root))
    except OSError as error:
        raise SubmissionsError(f"{source} can't be read: {error.strerror}.") from None
    one = Handed(_student(root), source, [Part(root, root.name)])
    if _is_one(inside, look.exercises):
        yield one
    elif len(inside) == 1 and not _named(inside[0]):
        yield from _nested(one, root, inside[0], look)
    else:
        yield from list(_each(inside, source)) or [one]


def _nested(one: Handed, root: Entry, only: Entry, look: _Look) -> Iterator[Handed]:
    """A folder or an archive that holds a single thing: a class, a student's, or all of `one`."""
    source = _inside(one.source, only)
    within = only
    if only.kind == "file" and is_zip(only.name) and root.below is None:
        with contextlib.suppress(BadArchive):
            within = archive.whole(Path(only.location))
    if within.kind == "folder" and _is_class(within, look.exercises):
        yield from _within(within, source, look)
        return
    each = list(_each([only], one.source))
    known = [
        look.register.find(student)[0] is not None for student in (one.student, _student(only))
    ]
    # An archive is as a rule one student's, and so is each of several things given; a folder that
    # holds one thing is a class of one, which must be read as a class of two is.
    is_one = look.several or root.below is not None
    if known[0] != known[1]:
        is_one = known[0]
    yield from [one] if is_one or not each else each


def _each(entries: Sequence[Entry], source: str) -> Iterator[Handed]:
    """What the students of a class handed in, each by a folder, an archive, or named files."""
    downloaded: dict[tuple[str, str], list[tuple[Named, Entry]]] = {}
    plain: list[Entry] = []
    for entry in entries:
        named = _named(entry)
        if named is None:
            plain.append(entry)
        else:
            who = named.student.name, named.student.id
            downloaded.setdefault(who, []).append((named, entry))
    for files in downloaded.values():
        numbers = [named.attachment for named, _ in files if named.attachment]
        if len(set(numbers)) == len(numbers):
            yield _download(files, source)
        else:  # Canvas has a number only once: `lab_2026_11_ann.zip` only looks like it
            plain += [entry for _, entry in files]
    for entry in plain:
        if entry.kind == "outside":
            raise SubmissionsError(
                f"{source} holds a path that leads out of it, {entry.name}. Find out who made it, "
                "unpack the rest with care and give the folder."
            )
        dangling = entry.kind in ("link", "special") and "." not in entry.name
        if entry.kind == "folder" or is_zip(entry.name) or dangling:
            yield Handed(_student(entry), _inside(source, entry), [Part(entry, entry.name)])


def _download(files: Sequence[tuple[Named, Entry]], source: str) -> Handed:
    """What one student handed in to Canvas or Moodle; of a file that came again, the last."""
    named, entry = files[0]
    student = named.student
    if entry.kind != "folder" and source:
        source = f"{source}/{shown('_'.join(filter(None, (student.name, student.id))))}"
    else:
        source = _inside(source, entry)
    handed = Handed(student, source, late=any(each.late for each, _ in files), sure=True)
    called: dict[str, list[tuple[Named, Entry]]] = {}
    for named, entry in files:
        called.setdefault(named.file or entry.name, []).append((named, entry))
    for name, same in called.items():
        *earlier, (named, entry) = sorted(
            same, key=lambda each: (each[0].again, each[0].attachment)
        )
        handed.parts.append(Part(entry, name, named.attachment))
        handed.superseded += [shown(each.name) for _, each in earlier]
    return handed


def _named(entry: Entry) -> Named | None:
    """Whose it is by the name that Canvas or Moodle gave it."""
    if entry.kind == "folder":
        return downloads.moodle(entry.name)
    return downloads.canvas(entry.name) or downloads.moodle(entry.name)


def _is_one(inside: Sequence[Entry], exercises: Mapping[str, Exercise]) -> bool:
    """Whether what is in a folder makes it one submission."""
    topics: dict[str, set[str]] = {}
    for name, exercise in exercises.items():
        topics.setdefault(exercise.topic, set()).add(name)
    return any(
        each.name in exercises
        or (each.kind == "folder" and each.name == "exercises")
        or (each.kind == "folder" and each.name in topics and _holds(each, topics[each.name]))
        for each in inside
    )


def _holds(folder: Entry, names: set[str]) -> bool:
    return any(each.name in names for each in _looked(folder))


def _is_class(folder: Entry, exercises: Mapping[str, Exercise], deeper: int = 3) -> bool:
    """Whether a folder surely holds what several students handed in, or has a folder that does."""
    inside = _looked(folder, None)
    if any(map(_named, inside)):
        return True
    if len(inside) == 1 and inside[0].kind == "folder" and deeper:
        return _is_class(inside[0], exercises, deeper - 1)
    each_one = (
        (each.kind == "file" and is_zip(each.name))
        or (each.kind == "folder" and _is_one_or_holds_one(each, exercises))
        for each in inside
    )
    return sum(islice(filter(None, each_one), 2)) == 2


def _is_one_or_holds_one(folder: Entry, exercises: Mapping[str, Exercise]) -> bool:
    inside = _looked(folder)
    return _is_one(inside, exercises) or any(
        each.kind == "folder" and _is_one(_looked(each), exercises) for each in inside
    )


def _looked(folder: Entry, most: int | None = MOST_FILES) -> list[Entry]:
    """What is in a folder that need not be readable."""
    try:
        return _seen(children(folder, most))
    except OSError:
        return []


def _seen(entries: Sequence[Entry]) -> list[Entry]:
    return [each for each in entries if not passed_over(each.name)]


def _student(entry: Entry) -> Student:
    """Who a folder or archive is called after."""
    return Student(entry.name[:-4] if is_zip(entry.name) else entry.name)


def _inside(source: str, entry: Entry) -> str:
    return entry.location if entry.member is None else f"{source}/{shown(entry.name)}"
