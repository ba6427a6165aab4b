"""The command `kata`."""

from pathlib import Path

import click

from torchkata.authoring import new_exercise
from torchkata.stubs import reserved_texts, stub_difference, write_stub
from torchkata.suite import Suite, SuiteError, find_root, read_suite


def _suite() -> Suite:
    return read_suite(find_root(Path.cwd()))


class _Kata(click.Group):
    """Turns the suite's own errors into a line on stderr and exit status 1."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except SuiteError as error:
            raise click.ClickException(str(error)) from None


@click.group(cls=_Kata)
def main() -> None:
    """Learn PyTorch by doing. Judge your work with: pytest exercises/TOPIC."""


@main.command()
@click.option("--check", is_flag=True, help="Only compare; exit with 1 where a stub differs.")
def stubs(check: bool) -> None:
    """Write every exercise's stub from its solution.

    Overwrites what learners wrote in exercises/. Example: kata stubs --check
    """
    differing = 0
    for exercise in _suite().exercises:
        path = exercise.stub_path.relative_to(exercise.root)
        if check:
            difference = stub_difference(exercise)
            if difference:
                differing += 1
                click.echo(difference, nl=False)
        elif write_stub(exercise):
            click.echo(f"wrote {path}")
    if differing:
        raise click.ClickException(f"{differing} stubs differ; `kata stubs` writes them.")


@main.command()
@click.argument("exercise", metavar="TOPIC/NAME")
def new(exercise: str) -> None:
    """Start a new exercise: its three files and its line in the curriculum.

    Example: kata new reductions/median_along
    """
    suite = _suite()
    for path in new_exercise(suite, exercise):
        click.echo(f"wrote {path.relative_to(suite.root)}")
    click.echo(f"next:  pytest tests -k {exercise.rpartition('/')[2]}, which says what is missing")


@main.command()
@click.argument("name")
def hint(name: str) -> None:
    """Show the hints of an exercise, mildest first.

    Example: kata hint one_hot
    """
    for number, text in enumerate(reserved_texts(_suite().find(name), "HINTS"), 1):
        click.echo(f"{number}. {text}")
