"""The command that brings solved exercises back: `kata review`."""

from datetime import date
from typing import TYPE_CHECKING

import click

from torchkata.command.choosing import chosen, optional_name, refuse_missing
from torchkata.suite.curriculum import Suite, suite_here

if TYPE_CHECKING:
    from torchkata.practice.progress import Standing


@click.command(short_help="Bring back a solved exercise, to be solved again.")
@optional_name
@click.option("--list", "listed", is_flag=True, help="Only say what is due, and when the rest is.")
def review(name: str | None, listed: bool) -> None:
    """Bring back a solved exercise after a while: its stub anew, your answer kept beside it.

    Without a NAME: the one that is due for the longest time, and of those of one day the one that
    took most hints. Solved again without a hint it stays away for longer. Example: kata review
    """
    from torchkata.practice.progress import standings

    suite = suite_here()
    if listed:
        _print_all(standings(suite))
        return
    standing = _to_review(suite, name)
    if standing is not None:
        _begin(suite, standing)


def _to_review(suite: Suite, name: str | None) -> "Standing | None":
    """What to bring back; None where nothing is due, or one is there already, which it says."""
    from torchkata.practice.dashboard import place
    from torchkata.practice.progress import standings
    from torchkata.practice.review import cards, refuse_unsolved

    if name is not None:
        standing = chosen(suite, name)
        refuse_unsolved(standing)
        refuse_missing((standing.exercise,))
        if not standing.under_review:
            return standing
    found = standings(suite)
    begun = [each for each in found if each.under_review and name in (None, each.exercise.name)]
    if begun:
        click.echo(f"{begun[0].exercise.name} is under review: {place(begun[0])}")
        return None
    lying = cards(found)
    if lying and lying[0].due <= date.today():
        return lying[0].standing
    click.echo("Nothing is due for review.")
    if lying:
        click.echo(f"{lying[0].standing.exercise.name} will be first, on {lying[0].due}.")
    return None


def _begin(suite: Suite, standing: "Standing") -> None:
    from torchkata.practice import review
    from torchkata.practice.dashboard import place, seen_from_here
    from torchkata.suite.statement import first_line

    exercise = standing.exercise
    kept = review.begin(exercise)
    click.echo(f"{exercise.name}: {first_line(exercise)}")
    click.echo(f"{place(chosen(suite, exercise.key))} is the stub again.")
    if kept is not None:
        click.echo(f"Your answer is kept in {seen_from_here(kept)}.")
    click.echo(f"`kata watch {exercise.name}` judges it at each save.")


def _print_all(found: "tuple[Standing, ...]") -> None:
    from rich.table import Table

    from torchkata.practice.progress import BOXES
    from torchkata.practice.review import cards
    from torchkata.suite.statement import first_line
    from torchkata.telling.printing import console

    table = Table.grid(padding=(0, 2, 0, 0))
    for each in found:
        if each.under_review:
            table.add_row("under review", each.exercise.name, first_line(each.exercise))
    for card in cards(found):
        when = "due" if card.due <= date.today() else card.due.isoformat()
        box = f"box {card.box} of {len(BOXES)}"
        exercise = card.standing.exercise
        table.add_row(when, exercise.name, first_line(exercise), box)
    if table.row_count:
        console().print(table)
    else:
        click.echo("Nothing is solved yet, so nothing can come back.")
