"""What was handed in, told on a terminal: of each student what is taken, what is left, and why."""

from collections.abc import Collection, Iterator, Sequence

from torchkata.grading.grades import LeftAside, Submission
from torchkata.grading.outputs.harmless import one_line, short
from torchkata.grading.outputs.wording import called
from torchkata.suite.layout import is_code

_TOLD = 20
"""How many students are named on the console before the report must tell of the rest."""


def listing(
    submissions: Sequence[Submission], left: Sequence[LeftAside], asked: Collection[str]
) -> Iterator[str]:
    """Lines on each student, then on what is no student's, then how many there are of each.

    `asked` are the keys of the exercises that the assignment asks for.
    """
    for each in submissions:
        source = f"  ({one_line(each.source)})" if each.source else ""
        yield f"{called(each.student)}{source}"
        yield from (f"  {line}" for line in _of(each, asked))
    if left:
        yield "of no student"
        yield from (f"  {_aside(each)}" for each in left)
    taken = sum(len(each.files) for each in submissions)
    aside = sum(len(each.left) + len(each.superseded) for each in submissions) + len(left)
    yield f"{_counted(len(submissions), 'student')}, {_counted(taken, 'file')} taken, {aside} not."


def warnings(submissions: Sequence[Submission], left: Sequence[LeftAside]) -> Iterator[str]:
    """A line for each thing that a person should look at before anything is graded."""
    lines = [
        f"{called(each.student)}: {one_line(says)}"
        for each in submissions
        for says in (*([each.problem] if each.problem else ()), *(flag.says for flag in each.flags))
    ]
    lines += [_aside(each) for each in left if "of no student" in each.why and is_code(each.path)]
    yield from lines[:_TOLD]
    if len(lines) > _TOLD:
        yield f"… and {len(lines) - _TOLD} more: `kata report` lists them."


def _of(submission: Submission, asked: Collection[str]) -> Iterator[str]:
    if not submission.source:
        yield "nothing submitted"
    if submission.problem:
        yield f"not read: {one_line(submission.problem)}"
    for key, file in submission.files.items():
        beside = "" if key in asked else " (not judged: the assignment does not ask for it)"
        yield f"{key}: {short(file.path)}{beside}"
    for each in submission.left:
        yield _aside(each)
    for name in submission.superseded:
        yield f"not judged, because a later one counts: {short(name)}"
    yield from (
        f"to know: {one_line(note)}"
        for note in submission.notes
        if not note.startswith("Left aside")
    )
    yield from (f"to look at: {one_line(flag.says)}" for flag in submission.flags)


def _aside(each: LeftAside) -> str:
    return f"left aside: {one_line(each.path)}: {each.why}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
