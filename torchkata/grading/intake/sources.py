"""What each student handed in, told apart by looking at what an instructor gives.

A folder or an archive is one submission where a file of an exercise, or a folder called
`exercises` or as a topic, lies right in it. Otherwise each folder and each archive in it is one
student's, and so are the files that a learning system named after one student. What is no
student's is listed.
"""

import contextlib
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from torchkata.grading.grades import LeftAside, Student
from torchkata.grading.intake import archive, downloads
from torchkata.grading.intake.archive import BadArchive, is_archive
from torchkata.grading.intake.asked import is_stub
from torchkata.grading.intake.choosing import read_entry
from torchkata.grading.intake.downloads import Named
from torchkata.grading.intake.entries import Entry, children, shown
from torchkata.grading.intake.register import Register
from torchkata.grading.intake.telling_apart import (
    has_several,
    is_class,
    is_download,
    is_one,
    is_surely_one,
    of_students,
)
from torchkata.grading.intake.walking import Part
from torchkata.suite.curriculum import did_you_mean
from torchkata.suite.layout import Layout, is_code


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
    """What is needed to tell things apart; `several` says that more than one path was given.

    `left` is filled with what is no student's.
    """

    layout: Layout
    register: Register
    several: bool
    left: list[LeftAside]


def handed_in(
    paths: Sequence[Path], layout: Layout, register: Register, left: list[LeftAside]
) -> Iterator[Handed]:
    """What each student handed in; a student comes again for each way. Theirs is not read yet.

    What is no student's is added to `left`. Raises SubmissionsError.
    """
    look = _Look(layout, register, len(paths) > 1, left)
    roots: list[tuple[Entry, str]] = []
    broken: list[Handed] = []
    named: list[Entry] = []
    loose: dict[Path, Handed] = {}
    for path in paths:
        entry = _given(path)
        if entry.kind == "folder":
            roots.append((entry, str(path)))
        elif is_download(entry):
            named.append(entry)
        elif is_archive(entry.name):
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
            _add_loose(loose, path, entry, layout)
    _refuse_mixture(roots, look)
    for root, source in roots:
        yield from _within(root, source, look)
    yield from _each(named, "", look)
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


def _add_loose(loose: dict[Path, Handed], path: Path, entry: Entry, layout: Layout) -> None:
    """Add a file that was given by itself to what the student whose folder it is in handed in."""
    if layout.meant(entry.name) is None:
        if not entry.name.endswith((".py", ".ipynb")):
            raise SubmissionsError(
                f"{path} is neither a folder, nor an archive, nor a Python file, nor a notebook."
            )
        near = did_you_mean(path.stem, {each.name: each.key for each in layout.exercises})
        raise SubmissionsError(f"{path} is called as no exercise of the suite.{near}")
    whole = Path(os.path.abspath(path))
    owner = whole.parent
    while owner.name in layout.topics or owner.name == "exercises":
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
    inside = _inside(root, source, look)
    if len(inside) == 1:
        only = inside[0]
        within = only
        if only.kind == "file" and is_archive(only.name) and only.member is None:
            with contextlib.suppress(BadArchive):
                within = archive.whole(Path(only.location))
        if within.kind == "folder" and is_class(within, look.layout):
            yield from _within(within, _source(source, only), look)
            return
    before = len(look.left)
    first = next(students := _each(inside, source, look), None)
    if first is None:
        del look.left[before:]
    yield first or one
    yield from students


def _is_a_students(root: Entry, source: str, look: _Look) -> bool:
    """Whether a folder or archive is one submission. Raises SubmissionsError."""
    inside = _inside(root, source, look)
    if is_surely_one(inside, look.layout) or _is_enrolled(root, look):
        return True
    holders = [each for each in inside if each.kind == "folder" or is_archive(each.name)]
    # Beside what several students handed in, a file of an exercise is no submission.
    if is_one(inside, look.layout) and (look.several or not has_several(holders, look.layout)):
        return True
    # Of several things given, one that holds one thing is one student's, whatever is in it: who
    # packs an archive chooses the names in it.
    if look.several and len(holders) < 2 and not is_class(root, look.layout):
        return True
    if any(_is_enrolled(each, look) for each in holders) or is_class(root, look.layout):
        return False
    # An archive that holds one thing is as a rule one student's, and so is each of several things
    # given. A folder that holds one is a class of one, to be read as a class of two is.
    return look.several or (root.below is not None and len(holders) < 2)


def _is_enrolled(entry: Entry, look: _Look) -> bool:
    """Whether a folder or an archive is called as a student of the roster."""
    return look.register.find(_student(entry))[0] is not None


def _each(entries: Sequence[Entry], source: str, look: _Look) -> Iterator[Handed]:
    """What the students of a class handed in, each by a folder, an archive, or named files."""
    downloaded: dict[tuple[str, str], list[tuple[Named, Entry]]] = {}
    plain: list[Entry] = []
    blackboard = downloads.blackboard(each.name for each in entries if each.kind == "file")
    for entry in entries:
        named = blackboard.get(entry.name) or _named(entry)
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
        is_bare = entry.kind == "file" and is_code(entry.name)
        if is_bare and look.layout.meant(entry.name):
            look.left.append(LeftAside(_source(source, entry), _of_nobody(entry, look.layout)))
        elif entry.kind == "folder" or is_archive(entry.name) or dangling or is_bare:
            yield Handed(_student(entry), _source(source, entry), [Part(entry, entry.name)])
        else:
            look.left.append(LeftAside(_source(source, entry), "among submissions, of no student"))


def _named(entry: Entry) -> Named | None:
    """Whose it is by the name that Canvas, Moodle or Brightspace gave it."""
    if entry.kind == "folder":
        return downloads.moodle(entry.name) or downloads.brightspace(entry.name)
    found = downloads.brightspace(entry.name) or downloads.canvas(entry.name)
    return found or downloads.moodle(entry.name)


def _of_nobody(entry: Entry, layout: Layout) -> str:
    """Why a file of an exercise that lies among the students' folders is not judged."""
    meant = layout.meant(entry.name)
    raw = read_entry(entry.name, entry, is_notebook=False)
    if meant is not None and raw is not None and is_stub(raw, meant.exercise):
        return "the stub, beside the students' folders"
    return "a file of an exercise beside the students' folders, of no student"


def _download(files: Sequence[tuple[Named, Entry]], source: str) -> Handed:
    """What one student handed in to Canvas or Moodle; of a file that came again, the last."""
    last = max((named.at for named, _ in files if named.at), default=None)
    earlier = [entry for named, entry in files if named.at != last]
    files = [each for each in files if each[0].at == last]
    named, entry = files[0]
    student = named.student
    if entry.kind != "folder" and source:
        source = f"{source}/{shown('_'.join(filter(None, (student.name, student.id))))}"
    else:
        source = _source(source, entry)
    late = any(each.late for each, _ in files)
    handed = Handed(student, source, late=late, sure=True, submitted=last)
    handed.superseded += [shown(each.name) for each in earlier]
    called: dict[str, list[tuple[Named, Entry]]] = {}
    for named, entry in files:
        called.setdefault(named.file or entry.name, []).append((named, entry))
    for name, same in called.items():
        *others, (named, entry) = sorted(same, key=lambda each: (each[0].again, each[0].attachment))
        handed.parts.append(Part(entry, name, named.attachment))
        handed.superseded += [shown(each.name) for _, each in others]
    return handed


def _student(entry: Entry) -> Student:
    """Who a folder, an archive or a bare file is called after."""
    if entry.kind == "file" and is_code(entry.name):
        return Student(os.path.splitext(entry.name)[0])
    return Student(archive.stem(entry.name))


def _source(source: str, entry: Entry) -> str:
    return entry.location if entry.member is None else f"{source}/{shown(entry.name)}"


def _inside(root: Entry, source: str, look: _Look) -> list[Entry]:
    """What may be a student's of what is in a folder."""
    try:
        return of_students(children(root), look.layout)
    except OSError as error:
        raise SubmissionsError(f"{source} can't be read: {error.strerror}.") from None
