"""The closing lines of a practice run: what was judged, what is solved, what comes next."""

from collections.abc import Iterable, Sequence
from typing import TypedDict


class Summary(TypedDict):
    """One item's part of the closing lines: plain data, since it crosses processes.

    `order` is the exercise's place in the curriculum, `hash` that of the file judged, `unwritten`
    the functions that are still the stub's. An item `repeats` where an earlier one told the reason.
    """

    exercise: str
    name: str
    order: int
    path: str
    line: int
    hash: str
    outcome: str
    unwritten: list[str]
    repeats: bool


def _in_order(summaries: Iterable[Summary]) -> list[Summary]:
    """The summaries in the curriculum's order, whatever order the items ran in."""
    return sorted(summaries, key=lambda each: each["order"])


def todo_lines(summaries: Iterable[Summary]) -> list[str]:
    """A line for each function that is not begun."""
    lines = {
        f"TODO {each['path']}:{each['line']} {', '.join(each['unwritten'])}": None
        for each in _in_order(summaries)
        if each["outcome"] == "todo"
    }
    return list(lines)


def closing_lines(summaries: Sequence[Summary]) -> list[str]:
    """A line for each file judged, then how many are solved, the next one and its hint."""
    exercises: dict[str, list[Summary]] = {}
    for each in _in_order(summaries):
        exercises.setdefault(each["exercise"], []).append(each)
    lines = []
    unsolved: list[Summary] = []
    for parts in exercises.values():
        outcomes = [each["outcome"] for each in parts]
        worst = next((each for each in parts if each["outcome"] != "passed"), None)
        if worst is not None:
            unsolved.append(worst)
        if set(outcomes) != {"todo"}:
            first = parts[0]
            lines.append(f"{first['path']} @ {first['hash']}: {_state(outcomes)}")
    solved = len(exercises) - len(unsolved)
    lines.append(f"solved: {solved} of {len(exercises)}")
    if unsolved:
        following = min(unsolved, key=lambda each: each["outcome"] == "todo")
        lines.append(f"next:   {following['path']}:{following['line']}")
        lines.append(f"hint:   kata hint {following['name']}")
    return lines


def _state(outcomes: Sequence[str]) -> str:
    passed = outcomes.count("passed")
    if passed == len(outcomes):
        return f"solved, all {passed} checks pass"
    return f"{passed} of {len(outcomes)} checks pass"
