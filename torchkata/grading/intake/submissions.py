"""The submissions of a class, one for each student, and the bytes of their files."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from torchkata.grading.grades import Flag, LeftAside, Student, Submission, SubmittedFile
from torchkata.grading.intake import archive, notebooks
from torchkata.grading.intake.entries import LARGEST_FILE as LARGEST_FILE
from torchkata.grading.intake.entries import LARGEST_NOTEBOOK, contents, shown
from torchkata.grading.intake.entries import Unreadable as Unreadable
from torchkata.grading.intake.gathering import gather
from torchkata.grading.intake.register import UNKNOWN, Register, register
from torchkata.grading.intake.sources import Handed, handed_in
from torchkata.grading.intake.sources import SubmissionsError as SubmissionsError
from torchkata.suite.curriculum import Suite
from torchkata.suite.layout import Layout

_NAMED = 4


@dataclass(frozen=True, slots=True)
class _Dated:
    """A submission with what tells which is later: Canvas's number, and seconds since 1970."""

    submission: Submission
    attachment: int
    modified: float

    @property
    def is_empty(self) -> bool:
        return not self.submission.files and self.submission.problem is None


@dataclass(frozen=True, slots=True)
class HandedIn:
    """All that was handed in: a submission for each student, and what is no student's."""

    submissions: list[Submission]
    left: tuple[LeftAside, ...]


def find(paths: Sequence[Path], suite: Suite, roster: Sequence[Student] = ()) -> list[Submission]:
    """The submissions in `paths`, as `take_in` finds them."""
    return take_in(paths, suite, roster).submissions


def take_in(paths: Sequence[Path], suite: Suite, roster: Sequence[Student] = ()) -> HandedIn:
    """What is in `paths`, with a submission for each student, by the students' names and then ids.

    Of several by one student the latest counts. A student of the roster who handed in nothing has
    a submission without source and files. Raises SubmissionsError where a path can't be read, or
    no submission is there at all.
    """
    layout = Layout(suite.exercises)
    enrolled = register(roster)
    left: list[LeftAside] = []
    by_student: dict[str, list[_Dated]] = {}
    found = False
    for handed in handed_in(paths, layout, enrolled, left):
        dated = _looked_through(handed, layout, enrolled)
        found = found or handed.sure or bool(dated.submission.files) or _is_told(dated, handed)
        by_student.setdefault(dated.submission.student.id, []).append(dated)
    if not found:
        named = ", ".join(map(str, paths[:_NAMED])) or "no paths"
        more = f" and {len(paths) - _NAMED:,} more" if len(paths) > _NAMED else ""
        raise SubmissionsError(
            f"No submission is in {named}{more}. A submission is a "
            "folder or a zip with files of exercises, such as exercises/indexing/one_hot.py or "
            "one_hot.py. Give one, or a folder or a zip of many, one a student, or what Canvas or "
            "Moodle lets you download."
        )
    submissions = [_latest(each) for each in by_student.values()]
    submissions += [Submission(each, "", {}) for each in roster if each.id not in by_student]
    submissions.sort(key=lambda each: (each.student.name, each.student.id))
    return HandedIn(submissions, tuple(left))


def read(file: SubmittedFile) -> bytes:
    """The bytes of a file, of which there are at most LARGEST_FILE. Raises Unreadable.

    Of a notebook, those of the cells that are judged.
    """
    name = shown(file.path)
    largest = LARGEST_NOTEBOOK if file.names else LARGEST_FILE
    if file.member is None:
        raw = contents(file.location, name, largest)
    else:
        raw = archive.member_contents(file.location, file.member, name, largest)
    if not file.names:
        return raw
    try:
        return notebooks.extract(raw, file.names, name).source.encode("utf-8", "replace")
    except notebooks.BadNotebook as error:
        raise Unreadable(str(error)) from None


def _looked_through(handed: Handed, layout: Layout, enrolled: Register) -> _Dated:
    gathered = gather(handed.parts, layout)
    student, said = enrolled.find(handed.student)
    attachment = max((part.order for part in handed.parts), default=0)
    submitted = handed.submitted
    # The files of a download from Canvas are as old as the download.
    dated = gathered.modified is not None and not gathered.dated_by_student
    if submitted is None and dated and gathered.modified is not None and not attachment:
        submitted = _time(gathered.modified)
    submission = Submission(
        student or handed.student,
        handed.source,
        gathered.files,
        submitted,
        handed.late,
        gathered.problem,
        (*gathered.notes, *said),
        tuple(handed.superseded),
        gathered.left,
        (*gathered.flags, *(Flag("handed in", each) for each in said if each == UNKNOWN)),
        handed.submitted is not None,
    )
    return _Dated(submission, attachment, gathered.modified or 0.0)


def _is_told(dated: _Dated, handed: Handed) -> bool:
    """Whether the problem with it is more than that a link lies in some folder."""
    kinds = {part.entry.kind for part in handed.parts}
    return dated.submission.problem is not None and not kinds.isdisjoint(("file", "folder"))


def _time(seconds: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _latest(same: Sequence[_Dated]) -> Submission:
    """The submission that counts of those of a student; of equals the one given last.

    One with nothing in it never stands before another.
    """
    numbered = all(each.attachment for each in same)
    *earlier, latest = sorted(
        same,
        key=lambda each: (not each.is_empty, each.attachment if numbered else 0, each.modified),
    )
    if not earlier:
        return latest.submission
    names = [
        name for each in earlier for name in (*each.submission.superseded, each.submission.source)
    ]
    counts = latest.submission
    says = f"Handed in {len(same)} times: {shown(counts.source)} counts."
    flags = (*counts.flags, Flag("handed in", says))
    return replace(counts, superseded=(*names, *counts.superseded), flags=flags)
