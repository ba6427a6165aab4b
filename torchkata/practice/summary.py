"""What is told of one property on one device, as plain data: it crosses processes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypedDict

from torchkata.practice.progress import Judged, State


class Summary(TypedDict):
    """One property on one device.

    `order` is the exercise's place in the curriculum, `path` that of the file judged, relative to
    the suite's root, `hash` the SHA-256 of its bytes, `begun` whether it differs from the stub.
    `unwritten` are the functions that are still the stub's. A summary `repeats` where an earlier
    one told the reason, and is `untried` where the property has failed on another device already.
    One that is `early` is followed by that of the same check with a smaller input and a reason.
    `checks` is the number of properties times devices on a full run. `text` is the verdict with
    ANSI colours, `screen` the same without the commands that a screen with keys has no need of,
    `data` the same as in the file that --kata-json writes. `picture` is the verdict as HTML, where
    that was asked for.
    """

    exercise: str
    name: str
    order: int
    path: str
    line: int
    hash: str
    begun: bool
    outcome: str
    unwritten: list[str]
    repeats: bool
    untried: bool
    early: bool
    checks: int
    headline: str
    text: str
    screen: str
    data: dict[str, Any]
    picture: str


def in_order(summaries: Iterable[Summary]) -> dict[str, list[Summary]]:
    """The summaries by exercise, in the curriculum's order, whatever order they came in."""
    exercises: dict[str, list[Summary]] = {}
    for each in sorted(summaries, key=lambda each: each["order"]):
        exercises.setdefault(each["exercise"], []).append(each)
    return exercises


def state(parts: Sequence[Summary]) -> State | None:
    """How an exercise came out; None where only a part of its checks ran, and passed."""
    outcomes = {each["outcome"] for each in parts}
    if "failed" in outcomes:
        return "failing"
    if "todo" in outcomes:
        return "begun" if parts[0]["begun"] else "todo"
    ran = {(each["data"]["property"], each["data"]["device"]) for each in parts}
    return "solved" if len(ran) >= parts[0]["checks"] else None


def worst(parts: Sequence[Summary]) -> Summary | None:
    """The first summary of a failure, or else the first to do; None where all passed."""
    others = [each for each in parts if each["outcome"] != "passed"]
    return min(others, key=lambda each: each["outcome"] == "todo", default=None)


def judged(exercises: Mapping[str, Sequence[Summary]]) -> list[Judged]:
    """What to write down of a run: the exercises that came out one way or the other."""
    found = []
    for key, parts in exercises.items():
        came_out = state(parts)
        if came_out is not None:
            line = (worst(parts) or parts[0])["line"]
            found.append(Judged(key, came_out, parts[0]["hash"], line))
    return found
