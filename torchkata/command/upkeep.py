"""Commands that keep things in order: stubs, a new exercise, this machine and this clone."""

import click

from torchkata.command.choosing import exercise_called, name_argument
from torchkata.suite.curriculum import suite_here, working_directory


@click.command()
@name_argument
def reset(name: str) -> None:
    """Write an exercise's stub again, and keep your version beside it.

    Example: kata reset one_hot
    """
    from torchkata.practice.dashboard import seen_from_here
    from torchkata.suite import backups

    exercise = exercise_called(suite_here(), name)
    kept = backups.reset(exercise)
    click.echo(f"{seen_from_here(exercise.stub_path)} is the stub again.")
    if kept is not None:
        click.echo(f"Your version is kept in {seen_from_here(kept)}.")


@click.command(short_help="Take the suite's updates; what you wrote stays.")
def update() -> None:
    """Take the suite's newest statements, exercises and engine; what you wrote stays.

    A file that you have begun gets its new statement and keeps your code, committed or not. Where
    the suite has changed what you have written on, yours stays, and the suite's is written beside
    it: it exits with 1. In a clone of your own fork: `git remote add upstream URL` first. Example:
    kata update
    """
    from torchkata.suite.updates import update

    suite = suite_here()
    done = update(suite.root)
    if done is None:
        click.echo("You have all that there is.")
        return
    commits = "1 commit" if done.commits == 1 else f"{done.commits} commits"
    click.echo(f"took {commits} from {done.source}")
    for path in done.added:
        click.echo(f"new:      {path}")
    for path, _ in done.brought:
        click.echo(f"merged:   {path}: your code, and what is new around it")
    for path in done.left:
        click.echo(f"left:     {path}: no longer an exercise of the suite; your file stays")
    for path, reason, beside in done.conflicts:
        click.echo(f"conflict: {path}: {reason}.")
        click.echo(f"          Yours stays; the suite's is in {beside.name}.")
    if any(kept is not None for _, kept in done.brought):
        click.echo("kept:     what you had not committed, beside each, as NAME.before_update.py")
    if done.reinstall:
        click.echo("packages: torchkata needs others than before: `pip install -e .`")
    click.echo("next:     kata check, which judges what has changed")
    if done.conflicts:
        raise click.exceptions.Exit(1)


@click.command(short_help="Say what is wrong with this machine and this clone.")
@click.option("--clean", is_flag=True, help="Only remove the answer keys that were kept.")
def doctor(clean: bool) -> None:
    """Look at this machine and this clone: what is wrong, and what to do.

    Exits with 1 where there is a problem; a warning is none. Example: kata doctor
    """
    from torchkata.command import doctor
    from torchkata.command.finding import show

    if clean:
        click.echo(doctor.clean())
        return
    if not show(doctor.findings(working_directory())):
        raise click.exceptions.Exit(1)


@click.command()
@click.option("--check", is_flag=True, help="Only compare; exit with 1 where a stub differs.")
def stubs(check: bool) -> None:
    """Write every exercise's stub from its solution.

    Overwrites what learners wrote in exercises/. Example: kata stubs --check
    """
    from torchkata.suite.stubs import stub_difference, write_stub

    differing = 0
    for exercise in suite_here().exercises:
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


@click.command(short_help="Start a new exercise.")
@click.argument("exercise", metavar="TOPIC/NAME")
def new(exercise: str) -> None:
    """Start a new exercise: its three files and its line in the curriculum.

    Example: kata new reductions/median_along
    """
    from torchkata.suite.authoring import new_exercise

    suite = suite_here()
    for path in new_exercise(suite, exercise):
        click.echo(f"wrote {path.relative_to(suite.root)}")
    click.echo(f"next:  pytest tests -k {exercise.rpartition('/')[2]}, which says what is missing")
