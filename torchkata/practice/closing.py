"""The closing lines of a practice run: what was judged, what is solved, what comes next."""

import textwrap
from collections.abc import Iterable, Sequence

from torchkata.practice.summary import Summary, in_order, state, worst
from torchkata.suite.curriculum import Suite
from torchkata.suite.stubs import reserved_texts

_WIDTH = 80
_MOST_TAKEN = 3


def todo_lines(summaries: Iterable[Summary]) -> list[str]:
    """A line for each function that is not begun."""
    lines = {
        f"TODO {each['path']}:{each['line']} {', '.join(each['unwritten'])}": None
        for parts in in_order(summaries).values()
        for each in parts
        if each["outcome"] == "todo"
    }
    return list(lines)


def closing_lines(summaries: Sequence[Summary]) -> list[str]:
    """A line for each file judged, then how many are solved, the next one and its hint."""
    exercises = in_order(summaries)
    lines = []
    unsolved: list[Summary] = []
    for parts in exercises.values():
        failing = worst(parts)
        if failing is not None:
            unsolved.append(failing)
        if any(each["outcome"] != "todo" for each in parts):
            first = parts[0]
            lines.append(f"{first['path']} @ {first['hash'][:7]}: {_came_out(parts)}")
    states = [state(parts) for parts in exercises.values()]
    lines.append(f"solved: {states.count('solved')} of {len(exercises)}")
    if unsolved:
        following = min(unsolved, key=lambda each: each["outcome"] == "todo")
        lines.append(f"next:   {following['path']}:{following['line']}")
        lines.append(f"hint:   kata hint {following['name']}")
    elif None in states:
        partly = list(exercises.values())[states.index(None)][0]
        lines.append(f"next:   kata check {partly['name']}, which runs all its checks")
    return lines


def lesson_lines(suite: Suite, names: Sequence[str]) -> list[str]:
    """What to take along from exercises that have just been solved, and where to read on.

    Where they are many, the command that shows it for each.
    """
    if len(names) > _MOST_TAKEN:
        return ["`kata solution NAME` shows what to take along, and the reference beside yours."]
    lines: list[str] = []
    for name in names:
        exercise = suite.find(name)
        lines.append(f"beside yours: kata solution {exercise.name}")
        for label, key in (("take along", "TAKE_ALONG"), ("the reference", "APPROACH")):
            for text in reserved_texts(exercise, key):
                lines += textwrap.wrap(f"{label}: {text}", _WIDTH, subsequent_indent="    ")
    return lines


def _came_out(parts: Sequence[Summary]) -> str:
    passed = sum(each["outcome"] == "passed" for each in parts)
    if state(parts) == "solved":
        return f"solved, all {passed} checks pass"
    if passed == len(parts):
        return f"{passed} of {parts[0]['checks']} checks ran, and pass"
    return f"{passed} of {len(parts)} checks pass"
