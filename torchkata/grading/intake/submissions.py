"""The submissions of a class, one for each student, and the bytes of their files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from torchkata.grading.grades import Student, Submission, SubmittedFile
from torchkata.grading.intake import archive
from torchkata.grading.intake.entries import LARGEST_FILE as LARGEST_FILE
from torchkata.grading.intake.entries import Unreadable as Unreadable
from torchkata.grading.intake.entries import contents, shown
from torchkata.grading.intake.gathering import gather
from torchkata.grading.intake.register import Register, register
from torchkata.grading.intake.sources import Handed, handed_in
from torchkata.grading.intake.sources import SubmissionsError as SubmissionsError
from torchkata.suite.curriculum import Exercise, Suite

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


def find(paths: Sequence[Path], suite: Suite, roster: Sequence[Student] = ()) -> list[Submission]:
    """The submissions in `paths`, one for each student, by the students' names and then ids.

    Of several by one student the latest counts. A student of the roster who handed in nothing has
    a submission without source and files. Raises SubmissionsError where a path can't be read, or
    no submission is there at all.
    """
    exercises = {f"{each.name}.py": each for each in suite.exercises}
    enrolled = register(roster)
    by_student: dict[str, list[_Dated]] = {}
    found = False
    for handed in handed_in(paths, exercises, enrolled):
        dated = _looked_through(handed, exercises, enrolled)
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
    return sorted(submissions, key=lambda each: (each.student.name, each.student.id))


def read(file: SubmittedFile) -> bytes:
    """The bytes of a file, of which there are at most LARGEST_FILE. Raises Unreadable."""
    name = shown(file.path)
    if file.member is None:
        return contents(file.location, name, LARGEST_FILE)
    return archive.member_contents(file.location, file.member, name)


def _looked_through(
    handed: Handed, exercises: Mapping[str, Exercise], enrolled: Register
) -> _Dated:
    gathered = gather(handed.parts, exercises)
    student, said = enrolled.find(handed.student)
    attachment = max((part.order for part in handed.parts), default=0)
    submitted = handed.submitted
    # The files of a download from Canvas are as old as the download.
    if submitted is None and gathered.modified is not None and not attachment:
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
    return replace(latest.submission, superseded=(*names, *latest.submission.superseded))
