"""A class graded by a command: what is told before, on the way and after it."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from torchkata.suite.curriculum import Suite, SuiteError, suite_here

if TYPE_CHECKING:
    from torchkata.grading.gradebook.book import Gradebook
    from torchkata.grading.gradebook.corrections import Correction
    from torchkata.grading.intake.assignment import Assignment
    from torchkata.grading.judging.work import Judges
    from torchkata.grading.meter import Meter
    from torchkata.grading.protection import Protection

# What only some commands need is imported by them, so that `kata` answers at once.

_SOME_NOT_JUDGED = 3
_SYSTEM = 4
_INTERRUPTED = 130


def grade_class(
    told: dict[str, Any], out: Path, quiet: bool, anew: Sequence[str] | None = None
) -> None:
    """Grade a class as it was `told`, or the students `anew` of it, and exit where that is due."""
    from torchkata.grading.gradebook.book import Gradebook
    from torchkata.grading.gradebook.lateness import unknown_extensions
    from torchkata.grading.intake.roster import read_roster
    from torchkata.grading.intake.submissions import take_in
    from torchkata.grading.judging.work import NoJudges
    from torchkata.grading.meter import Meter
    from torchkata.grading.outputs.handed_in import warnings
    from torchkata.grading.protection import hidden, protection
    from torchkata.grading.whole_class import ClassGrading, NothingJudged

    if (scheduler := _scheduler(told)) is not None:
        _check_scheduler(scheduler)
    with said():
        suite = suite_here()
        assignment = _assignment(told, suite)
        roster = read_roster(Path(told["roster"])) if told["roster"] else ()
        paths = [Path(each) for each in told["submissions"]]
        taken = take_in(paths, suite, roster)
        for line in warnings(taken.submissions, taken.left):
            click.echo(line, err=True)
        if assignment.late is not None:
            for line in unknown_extensions(assignment.late, taken.submissions):
                click.echo(line, err=True)
        protected = protection(hidden(suite, out.absolute(), *paths))
        _check(protected, told["unsandboxed"])
        if "cuda" in assignment.devices:
            _check_cuda(protected)
        with Gradebook.open(out, create=True) as gradebook:
            assignment = replace(assignment, seed=_seed(told["seed"], assignment.seed, gradebook))
            gradebook.remember(told)
            meter = Meter(quiet)
            judges = _judges(told, out, suite, assignment, protected, meter)
            grading = ClassGrading(suite, assignment, taken, protected, judges)
            try:
                with meter:
                    failed = grading.grade(gradebook, meter, anew)
            except NothingJudged as error:
                click.echo(f"Error: {error}", err=True)
                sys.exit(_SOME_NOT_JUDGED)
            except NoJudges as error:
                click.echo(f"Error: {error}", err=True)
                if meter.done:
                    click.echo(_how_far(meter), err=True)
                sys.exit(_SOME_NOT_JUDGED)
            except KeyboardInterrupt:
                click.echo(f"\nStopped: {_how_far(meter)}", err=True)
                sys.exit(_INTERRUPTED)
            write_outputs(gradebook, out)
    if not quiet:
        click.echo(f"{meter.counts() or 'nothing new'}; grades in {out / 'grades.csv'}", err=True)
    if failed:
        click.echo(f"{failed} could not be judged; the same command tries again.", err=True)
        sys.exit(_SOME_NOT_JUDGED)


def _assignment(told: Mapping[str, Any], suite: Suite) -> "Assignment":
    from torchkata.grading.intake.assignment import read_assignment, whole_suite

    asked = told["assignment"]
    return read_assignment(Path(asked), suite) if asked else whole_suite(suite)


def _judges(
    told: Mapping[str, Any],
    out: Path,
    suite: Suite,
    assignment: "Assignment",
    protected: "Protection",
    meter: "Meter",
) -> "Callable[[int], Judges]":
    """Those of a number of submissions: processes here, or on the cluster that was asked for."""
    if (scheduler := _scheduler(told)) is not None:
        from torchkata.grading.cluster.client import Cluster

        return lambda _: Cluster(scheduler, suite, assignment, protected, out, meter.tell)
    from torchkata.grading.judging.pool import Pool

    places = protected.places(suite, assignment, told["workers"] or os.cpu_count() or 1)
    return lambda pending: Pool(places[:pending], assignment)


def _scheduler(told: Mapping[str, Any]) -> str | None:
    """That of the cluster, where one was asked for; a gradebook may have been told of none."""
    return told.get("scheduler")


def _check_scheduler(address: str) -> None:
    """See that judges can be asked for there."""
    try:
        from torchkata.grading.cluster.connecting import check_address
    except ModuleNotFoundError as error:
        raise Wrong(
            f"--scheduler needs {error.name}, which is not installed: `pip install -e '.[cluster]'`"
        ) from None
    try:
        check_address(address)
    except ValueError as error:
        raise Wrong(f"--scheduler: {error}") from None


def _how_far(meter: "Meter") -> str:
    """How far a grading is that has ended before its time."""
    return f"{meter.done} of {meter.total} are judged and written down. The same command goes on."


def _check(protected: "Protection", unsandboxed: bool) -> None:
    """Say what is not as well kept as it could be; refuse where nobody has said to go on."""
    if protected.open:
        click.echo("Student code is not kept from everything here:", err=True)
        for each in protected.open:
            click.echo(f"  {each}", err=True)
        if not unsandboxed:
            raise Wrong(
                "Nothing was run. --unsandboxed goes on all the same: only for code that you trust."
            )
    elif protected.lacks:
        click.echo(f"Protected without namespaces ({protected.why}).", err=True)
        click.echo("Each worker has a user of its own instead. What that lacks:", err=True)
        for each in protected.lacks:
            click.echo(f"  {each}", err=True)


def _check_cuda(protected: "Protection") -> None:
    """Refuse what can't be judged on cuda here."""
    from torchkata.devices.choice import absence

    if reason := absence("cuda"):
        raise Wrong(
            f"The assignment has cuda among its devices, and {reason}: grade on one that has, or "
            "take cuda out."
        )
    if protected.tier == "users":
        raise Wrong(
            "The assignment has cuda among its devices, and workers with users of their own are "
            "kept from it: grade where there are namespaces, or take cuda out."
        )


def _seed(asked: int | None, given: int | None, gradebook: "Gradebook") -> int:
    """The seed that was asked for, or that of the assignment, or of the last run, or a new one.

    A seed that nobody knows is one that nobody has prepared for.
    """
    if asked is not None:
        return asked
    if given is not None:
        return given
    from secrets import randbits

    from torchkata.grading.gradebook.book import GradebookError

    try:
        return gradebook.run().seed
    except GradebookError:
        return randbits(32)


def write_outputs(gradebook: "Gradebook", out: Path) -> None:
    """Write what is read most: the table, and each student's feedback."""
    from torchkata.grading.outputs.feedback import write_feedback
    from torchkata.grading.outputs.grades_csv import write_grades_csv

    write_grades_csv(out / "grades.csv", gradebook.students())
    write_feedback(out / "feedback", gradebook.run(), gradebook.students())


class Wrong(click.ClickException):
    """What we were given won't do."""

    exit_code = 2


def list_class(told: dict[str, Any]) -> None:
    """Say what would be graded of a class, and grade nothing."""
    from torchkata.grading.intake.roster import read_roster
    from torchkata.grading.intake.submissions import take_in
    from torchkata.grading.outputs.handed_in import listing

    with said():
        suite = suite_here()
        assignment = _assignment(told, suite)
        roster = read_roster(Path(told["roster"])) if told["roster"] else ()
        paths = [Path(each) for each in told["submissions"]]
        taken = take_in(paths, suite, roster)
    asked = {each.exercise for each in assignment.exercises}
    for line in listing(taken.submissions, taken.left, asked):
        click.echo(line)
    click.echo("Nothing was judged.")


def gradebook_corrected(
    gradebook: "Gradebook", rows: "Sequence[Correction]", table: Path | None
) -> Iterator[str]:
    """Give each row's points, all or none, and say so. Raises GradebookError."""
    from datetime import UTC, datetime

    from torchkata.grading.gradebook.file import GradebookError
    from torchkata.grading.grades import Override

    suite = suite_here()
    at = datetime.now(UTC).isoformat(timespec="seconds")
    lines = []
    with gradebook.together():
        for each in rows:
            try:
                key = suite.find(each.exercise).key
                found = gradebook.student(each.student).student
                given = None if each.points is None else Override(each.points, each.reason, at)
                gradebook.override(found.id, key, given)
            except (GradebookError, SuiteError) as error:
                where = f"{table}, line {each.line}: " if table else ""
                raise GradebookError(f"{where}{error}") from None
            told = "as computed" if given is None else f"{given.points:g}"
            lines.append(f"{found.name or found.id}: {key}: {told} points.")
    yield from lines


@contextmanager
def gradebook_in(folder: Path) -> Iterator["Gradebook"]:
    """The gradebook in a folder; what is wrong with it is told as a command tells it."""
    from torchkata.grading.gradebook.book import Gradebook

    with said(), Gradebook.open(folder) as gradebook:
        yield gradebook


@contextmanager
def said() -> Iterator[None]:
    """Turn what can be wrong with what we were given into a line on stderr, and status 2."""
    from torchkata.grading.gradebook.book import GradebookError
    from torchkata.grading.intake.assignment import AssignmentError
    from torchkata.grading.intake.roster import RosterError
    from torchkata.grading.intake.submissions import SubmissionsError
    from torchkata.grading.outputs.exports import ExportError

    try:
        yield
    except (AssignmentError, ExportError, GradebookError, RosterError, SubmissionsError) as error:
        raise Wrong(str(error)) from None
    except OSError as error:
        raise Refused(_of_system(error)) from None


class Refused(click.ClickException):
    """The system refused what had to be read or written."""

    exit_code = _SYSTEM


def _of_system(error: OSError) -> str:
    """What the system refused, by the name of the file that it was about."""
    what = error.strerror or str(error)
    if not error.filename:
        return f"The system refuses: {what}."
    return f"{os.fsdecode(error.filename)}: {what}."
