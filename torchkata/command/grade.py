"""The commands of `kata` for those who grade."""

from pathlib import Path

import click

from torchkata.command.class_grading import (
    grade_class,
    gradebook_corrected,
    gradebook_in,
    list_class,
    write_outputs,
)

# What only some commands need they import themselves, so that `kata` answers at once.

_folder = click.Path(path_type=Path, file_okay=False)
_file = click.Path(path_type=Path, dir_okay=False, exists=True)
_out = click.option(
    "--out", required=True, type=_folder, metavar="DIR", help="Where grades are, or are to be."
)


@click.command()
@click.argument("submissions", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", type=_folder, metavar="DIR", help="Where grades are, or are to be.")
@click.option("--assignment", type=_file, metavar="FILE", help="What counts how much (TOML).")
@click.option("--roster", type=_file, metavar="CSV", help="Who is in the class.")
@click.option("--workers", type=click.IntRange(1), metavar="N", help="Processes; default: cores.")
@click.option(
    "--scheduler", metavar="ADDRESS", help="Judge on the Dask cluster at tcp://host:8786."
)
@click.option("--seed", type=click.IntRange(0, (1 << 63) - 1), metavar="N", help="Of the inputs.")
@click.option("--quiet", "-q", is_flag=True, help="Say only what is wrong.")
@click.option("--unsandboxed", is_flag=True, help="Go on where a layer of protection is missing.")
@click.option("--dry-run", is_flag=True, help="List what would be judged of whom; judge nothing.")
def grade(
    submissions: tuple[Path, ...],
    out: Path | None,
    assignment: Path | None,
    roster: Path | None,
    workers: int | None,
    scheduler: str | None,
    seed: int | None,
    quiet: bool,
    unsandboxed: bool,
    dry_run: bool,
) -> None:
    """Grade the submissions of a class.

    SUBMISSIONS are folders, archives, downloads from a learning system, or one file. Run it again
    to go on, or after something has changed: only that is judged again.

    Example: kata grade submissions.zip --roster class.csv --out grades
    """
    told = {
        "submissions": [str(each.absolute()) for each in submissions],
        "assignment": assignment and str(assignment.absolute()),
        "roster": roster and str(roster.absolute()),
        "workers": workers,
        "scheduler": scheduler,
        "seed": seed,
        "unsandboxed": unsandboxed,
    }
    if workers and scheduler is not None:
        raise click.UsageError("--workers is for this machine: a cluster has those that it has.")
    if dry_run:
        list_class(told)
    elif out is None:
        raise click.UsageError("Give --out DIR, where grades are to be; or --dry-run.")
    else:
        grade_class(told, out, quiet)


@click.command()
@click.argument("students", nargs=-1, required=True, metavar="STUDENT…")
@_out
@click.option("--quiet", "-q", is_flag=True, help="Say only what is wrong.")
def regrade(students: tuple[str, ...], out: Path, quiet: bool) -> None:
    """Judge students again, as the last time.

    STUDENT is an id or a name.

    Example: kata regrade ada --out grades
    """
    with gradebook_in(out) as gradebook:
        told = gradebook.command()
        names = [gradebook.student(each).student.id for each in students]
    grade_class(told, out, quiet, names)


@click.command()
@click.argument("student", required=False)
@click.argument("exercise", required=False)
@click.argument("points", type=float, required=False)
@click.option("--reason", metavar="TEXT", help="Why; it stands in the feedback.")
@click.option("--remove", is_flag=True, help="Let the computed points count again.")
@click.option("--from", "table", type=_file, metavar="CSV", help="student,exercise,points,reason")
@_out
def override(
    student: str | None,
    exercise: str | None,
    points: float | None,
    reason: str | None,
    remove: bool,
    table: Path | None,
    out: Path,
) -> None:
    """Give a student other points for an exercise. They are kept through regrades.

    With --from CSV, each line gives one; blank points let the computed ones count again. Where one
    line is wrong, none is taken.

    Example: kata override ada one_hot 1 --reason "Shown in the lab." --out grades
    """
    from torchkata.grading.gradebook.corrections import Correction, read_corrections

    said = (reason or "").strip()
    alone = not (student or exercise or points is not None or said or remove)
    if table is not None and not alone:
        raise click.UsageError("Give --from CSV alone: its lines have all the rest.")
    if table is None and (
        not (student and exercise) or remove == (points is not None) or (not remove and not said)
    ):
        raise click.UsageError(
            "Give STUDENT and EXERCISE, with POINTS and --reason TEXT, or with --remove alone; or "
            "--from CSV."
        )
    with gradebook_in(out) as gradebook:
        if table is not None:
            rows = read_corrections(table)
        else:
            rows = (Correction(0, student or "", exercise or "", points, said),)
        for line in gradebook_corrected(gradebook, rows, table):
            click.echo(line)
        write_outputs(gradebook, out)


@click.command()
@click.argument("folder", type=_folder, metavar="DIR")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE")
def report(folder: Path, output: Path | None) -> None:
    """Write a page that shows the class at a glance.

    Example: kata report grades
    """
    from datetime import datetime

    from torchkata.grading.outputs.class_report import class_report
    from torchkata.grading.outputs.output_files import replacing

    with gradebook_in(folder) as gradebook:
        now = datetime.now().astimezone()
        page = class_report(gradebook.run(), list(gradebook.students()), now)
    path = output or folder / "report.html"
    with replacing(path) as file:
        file.write(page)
    click.echo(path)
