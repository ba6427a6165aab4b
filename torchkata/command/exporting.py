"""`kata export`: what has been graded, as other systems and programs read it."""

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from torchkata.command.class_grading import gradebook_in, said

if TYPE_CHECKING:
    from torchkata.grading.gradebook.book import Gradebook
    from torchkata.grading.grades import StudentGrade
    from torchkata.grading.outputs.exports import Exported

# What only some commands need they import themselves, so that `kata` answers at once.

_LISTED = 3
_AUTOGRADER = "gradescope-autograder"

_folder = click.Path(path_type=Path, file_okay=False)
_file = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.command()
@click.argument("form", metavar="FORMAT")
@click.argument("folder", type=_folder, metavar="[DIR]", required=False)
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="PATH")
@click.option("--student", metavar="STUDENT", help="This one alone, by id or name.")
@click.option(
    "--columns",
    multiple=True,
    metavar="NAME=HERE",
    help="What a Moodle site calls a column of its worksheet; again for each.",
)
@click.option("--assignment", type=_file, metavar="FILE", help="Of the autograder (TOML).")
def export(
    form: str,
    folder: Path | None,
    output: Path | None,
    student: str | None,
    columns: tuple[str, ...],
    assignment: Path | None,
) -> None:
    """Write grades as another system reads them.

    DIR is where grades are. FORMAT is canvas, moodle, moodle-worksheet, gradescope, classroom,
    classroom50, prairielearn, junit or jsonl. Where a format has a file for each student, PATH is a
    folder of them. dolos and jplag write the submitted files for these programs into the folder
    PATH. gradescope-autograder makes an autograder of the suite, before there are grades.

    Example: kata export canvas grades -o canvas.csv
    """
    if form == _AUTOGRADER:
        if folder or student or columns or assignment is None or output is None:
            raise click.UsageError(
                f"{_AUTOGRADER} is made before there are grades: give it --assignment FILE and "
                "-o ZIP alone."
            )
        _tell(_autograder(assignment, output))
        return
    if folder is None:
        raise click.UsageError("Give DIR, the folder that grades are in.")
    if assignment is not None:
        raise click.UsageError(f"--assignment is for {_AUTOGRADER}: grades have their own.")
    place = output or folder / "exports" / form
    with gradebook_in(folder) as gradebook:
        if form in ("dolos", "jplag"):
            if student or columns:
                raise click.UsageError(f"{form} takes the files of the whole class, and DIR alone.")
            _tell(_similarity(form, gradebook, place))
        else:
            _tell(_grades(form, gradebook, place, output, student, _named(columns)))


def _grades(
    form: str,
    gradebook: "Gradebook",
    place: Path,
    output: Path | None,
    student: str | None,
    columns: dict[str, str],
) -> "Exported":
    from torchkata.grading.outputs import exports

    run = gradebook.run()
    one = gradebook.student(student) if student else _only(gradebook, output)
    if one is not None:
        return exports.write_student(form, run, one, place, columns)
    return exports.write(form, run, gradebook.students(), place, columns)


def _only(gradebook: "Gradebook", output: Path | None) -> "StudentGrade | None":
    """The student of a class of one whose grade is to be written to a file."""
    if output is None or output.is_dir():
        return None
    first = list(islice(gradebook.students(), 2))
    return first[0] if len(first) == 1 else None


def _similarity(program: str, gradebook: "Gradebook", place: Path) -> "Exported":
    """The files of the class as it was graded last."""
    from torchkata.grading.intake.roster import read_roster
    from torchkata.grading.intake.submissions import take_in
    from torchkata.grading.outputs.similarity import write_similarity
    from torchkata.suite.curriculum import suite_here

    suite = suite_here()
    told = gradebook.command()
    paths, roster = told["submissions"], told["roster"]
    assert isinstance(paths, list)
    enrolled = read_roster(Path(str(roster))) if roster else ()
    taken = take_in([Path(each) for each in paths], suite, enrolled)
    exercises = [each.exercise for each in gradebook.assignment().exercises]
    return write_similarity(program, suite, exercises, taken.submissions, place)


def _autograder(assignment: Path, output: Path) -> "Exported":
    from torchkata.grading.intake.assignment import read_assignment
    from torchkata.grading.outputs.autograder import write_autograder
    from torchkata.suite.curriculum import suite_here

    with said():
        suite = suite_here()
        found = read_assignment(assignment, suite)
        return write_autograder(suite, assignment, found.seed, output)


def _named(columns: tuple[str, ...]) -> dict[str, str]:
    named = {}
    for each in columns:
        name, equals, here = each.partition("=")
        if not (name and equals and here):
            raise click.UsageError(
                f"--columns {each!r}: give the English name and the site's, as in "
                '--columns "Grade=Bewertung".'
            )
        named[name] = here
    return named


def _tell(written: "Exported") -> None:
    for remark in written.remarks:
        click.echo(remark, err=True)
    for path in written.files[:_LISTED]:
        click.echo(path)
    if len(written.files) > _LISTED:
        click.echo(f"… and {len(written.files) - _LISTED} more")
