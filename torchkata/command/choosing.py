"""Which exercises a command is about."""

from typing import TYPE_CHECKING

import click

from torchkata.command import completion
from torchkata.suite.curriculum import Exercise, Suite, SuiteError

if TYPE_CHECKING:
    from torchkata.practice.progress import Standing

optional_name = click.argument(
    "name", metavar="[NAME]", required=False, shell_complete=completion.exercises
)
name_argument = click.argument("name", metavar="NAME", shell_complete=completion.exercises)


def exercise_called(suite: Suite, name: str) -> Exercise:
    """The exercise of a name. Raises SuiteError, which says so where it is a topic's."""
    try:
        return suite.find(name)
    except SuiteError:
        if any(name == topic.name for topic in suite.topics):
            raise SuiteError(
                f"{name!r} is a topic; `kata list --topic {name}` lists its exercises."
            ) from None
        raise


def chosen(suite: Suite, name: str | None) -> "Standing":
    """Where the learner is with the exercise called `name`, or by default with the next.

    Raises SuiteError where there is none of that name, or all is solved.
    """
    from torchkata.practice.progress import following, standings

    wanted = None if name is None else exercise_called(suite, name)
    found = standings(suite)
    if wanted is not None:
        return found[suite.exercises.index(wanted)]
    coming = following(found)
    if coming is None:
        from torchkata.practice.dashboard import all_solved

        raise SuiteError(f"{all_solved(found)} Say which one you want: `kata list` names them.")
    return coming


def to_judge(suite: Suite) -> tuple[Exercise, ...]:
    """What to judge where the learner doesn't say; says so."""
    from torchkata.practice.progress import counted, following, standings

    found = counted(standings(suite))
    edited = [
        each for each in found if each.edited or (each.state == "begun" and not each.attempts)
    ]
    coming = following(found)
    if edited:
        click.echo(f"edited, not judged yet: {', '.join(each.exercise.name for each in edited)}")
        return tuple(each.exercise for each in edited)
    if coming is not None:
        click.echo(f"nothing edited is left to judge; next: {coming.exercise.name}")
        return (coming.exercise,)
    click.echo("All is solved, and nothing was edited since. `kata check --all` judges it again.")
    return ()


def refuse_missing(exercises: tuple[Exercise, ...]) -> None:
    """Raises SuiteError where the learner's file of an exercise is missing."""
    from torchkata.practice.dashboard import seen_from_here

    missing = [each for each in exercises if not each.stub_path.exists()]
    if missing:
        raise SuiteError(
            "\n".join(
                f"{seen_from_here(each.stub_path)} is missing; `kata reset {each.name}` writes it."
                for each in missing
            )
        )
