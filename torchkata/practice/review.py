"""Solved exercises that come back after a while, as in Leitner's box of cards.

An exercise lies in one of several boxes, each of which waits longer than the one before. Solved for
the first time, it lies in the first. When its time has come it is due. It is taken for review: its
stub is put back. Solved again without a hint, it moves up a box; with hints, it goes back to the
first. Meanwhile it counts as solved.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from torchkata.practice import progress
from torchkata.practice.progress import BOXES, Standing, counted
from torchkata.suite import backups
from torchkata.suite.curriculum import Exercise, SuiteError


@dataclass(frozen=True, slots=True)
class Card:
    """A solved exercise in its box, counted from 1, and the day, in local time, when it is due."""

    standing: Standing
    box: int
    due: date


def cards(found: Iterable[Standing]) -> list[Card]:
    """The exercises that can come back, the one that is due first in front.

    Of those that are due on one day the one with the most hints comes first. What is under review
    is none of them, nor what was edited since it was solved.
    """
    lying = [
        Card(each, each.box, _solved_on(each) + timedelta(days=BOXES[each.box - 1]))
        for each in counted(found)
        if each.state == "solved" and not each.under_review
    ]
    return sorted(lying, key=lambda card: (card.due, -card.standing.hints))


def due(found: Iterable[Standing], today: date) -> list[Card]:
    """Those of the cards whose day has come."""
    return [each for each in cards(found) if each.due <= today]


def begin(exercise: Exercise) -> Path | None:
    """Put an exercise's stub back, and take it for under review; gives where the answer is kept.

    None where there was no answer to keep. Raises SuiteError, and leaves the answer as it is, where
    a file can't be read or written.
    """
    kept = backups.reset(exercise, "review")
    progress.begin_review(exercise.root, exercise)
    return kept


def refuse_unsolved(standing: Standing) -> None:
    """Raises SuiteError where an exercise can't come back, since it is not solved."""
    name = standing.exercise.name
    if standing.exercise.set_aside is not None:
        raise SuiteError(f"{name} {standing.exercise.set_aside}")
    if standing.state != "solved":
        raise SuiteError(
            f"{name} is not solved as it is now: `kata check {name}` judges it, "
            "and what is solved can come back."
        )


def _solved_on(standing: Standing) -> date:
    """The local day on which an exercise was solved last."""
    if standing.solved_on is not None:
        return date.fromisoformat(standing.solved_on)
    assert standing.solved_at is not None
    return datetime.fromisoformat(standing.solved_at).astimezone().date()
