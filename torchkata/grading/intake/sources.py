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
from pathlib import Path

from torchkata.grading.grades import Student
from torchkata.grading.intake import archive, downloads
from torchkata.grading.intake.archive import BadArchive
from torchkata.grading.intake.downloads import Named
from torchkata.grading.intake.entries import Entry, children, shown
from torchkata.grading.intake.gathering import Part, is_zip
from torchkata.grading.intake.layout import is_class, is_one, name_of, seen
from torchkata.grading.intake.register import Register
from torchkata.suite.curriculum import Exercise, did_you_mean


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
    roots: list[tuple[Entry, str]] = []
    broken: list[Handed] = []
    named: list[Entry] = []
    loose: dict[Path, Handed] = {}
    for path in paths:
        entry = _given(path)
        if entry.kind == "folder":
            roots.append((entry, str(path)))
        elif name_of(entry):
            named.append(entry)
        elif is_zip(entry.name):
            try:
                roots.append((archive.whole(path), str(path)))
            except BadArchive as error:
                if not look.several:
                    raise SubmissionsError(
                        f"{error} Get it anew, or unpack it and give the folder."
                    ) from None
                part = Part(entry, entry.name)
                broken.append(Handed(_student(entry), str(path), [part], sure=True))
        else:
            _add_loose(loose, path, entry, exercises)
    _refuse_mixture(roots, look)
    for root, source in roots:
        yield from _within(root, source, look)
    yield from _each(named, "")
    yield from (*broken, *loose.values())


def _refuse_mixture(roots: Sequence[tuple[Entry, str]], look: _Look) -> None:
    """Raise SubmissionsError where one of many submissions may pass for a whole class.

    What its folders are called would be the names of other students.
    """
    classes = [source for root, source in roots if not _is_a_students(root, source, look)]
    ones = len(roots) - len(classes)
    if classes and ones > 1:
        raise SubmissionsError(
            f"{classes[0]} looks like several submissions, and {ones} other paths like one each. "
            "Give the folder that they are in, where each thing is one student's; or give a "
            "roster; or, if it is a class, give it without the others."
        )


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
    one = Handed(_student(root), source, [Part(root, root.name)])
    if told is not None:
        one.student, one.submitted, one.late = told
        one.sure = True
        yield one
        return
    if _is_a_students(root, source, look):
        yield one
        return
    inside = _inside(root, source)
    if len(inside) == 1:
        only = inside[0]
        within = only
        if only.kind == "file" and is_zip(only.name) and only.member is None:
            with contextlib.suppress(BadArchive):
                within = archive.whole(Path(only.location))
        if within.kind == "folder" and is_class(within, look.exercises):
            yield from _within(within, _source(source, only), look)
            return
    yield from list(_each(inside, source)) or [one]


def _is_a_students(root: Entry, source: str, look: _Look) -> bool:
    """Whether a folder or archive is one submission. Raises SubmissionsError."""
    inside = _inside(root, source)
    if is_one(inside, look.exercises) or _is_enrolled(root, look):
        return True
    holders = [each for each in inside if each.kind == "folder" or is_zip(each.name)]
    if any(_is_enrolled(each, look) for each in holders) or is_class(root, look.exercises):
        return False
    # An archive that holds one thing is as a rule one student's, and so is each of several things
    # given. A folder that holds one is a class of one, to be read as a class of two is.
    return look.several or (root.below is not None and len(holders) < 2)


def _is_enrolled(entry: Entry, look: _Look) -> bool:
    """Whether a folder or an archive is called as a student of the roster."""
    return look.register.find(_student(entry))[0] is not None


def _each(entries: Sequence[Entry], source: str) -> Iterator[Handed]:
    """What the students of a class handed in, each by a folder, an archive, or named files."""
    downloaded: dict[tuple[str, str], list[tuple[Named, Entry]]] = {}
    plain: list[Entry] = []
    for entry in entries:
        named = name_of(entry)
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
            yield Handed(_student(entry), _source(source, entry), [Part(entry, entry.name)])


def _download(files: Sequence[tuple[Named, Entry]], source: str) -> Handed:
    """What one student handed in to Canvas or Moodle; of a file that came again, the last."""
    named, entry = files[0]
    student = named.student
    if entry.kind != "folder" and source:
        source = f"{source}/{shown('_'.join(filter(None, (student.name, student.id))))}"
    else:
        source = _source(source, entry)
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


def _student(entry: Entry) -> Student:
    """Who a folder or archive is called after."""
    return Student(entry.name[:-4] if is_zip(entry.name) else entry.name)


def _source(source: str, entry: Entry) -> str:
    return entry.location if entry.member is None else f"{source}/{shown(entry.name)}"


def _inside(root: Entry, source: str) -> list[Entry]:
    try:
        return seen(children(root))
    except OSError as error:
        raise SubmissionsError(f"{source} can't be read: {error.strerror}.") from None
