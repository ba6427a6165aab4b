"""The closing lines of a practice run: what was judged, what is solved, what comes next."""

import textwrap
from collections.abc import Iterable, Sequence

from torchkata.stubs import reserved_texts
from torchkata.suite import Suite
from torchkata.summary import Summary, in_order, worst

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
        outcomes = [each["outcome"] for each in parts]
        failing = worst(parts)
        if failing is not None:
            unsolved.append(failing)
        if set(outcomes) != {"todo"}:
            first = parts[0]
            lines.append(f"{first['path']} @ {first['hash'][:7]}: {_state(outcomes)}")
    solved = len(exercises) - len(unsolved)
    lines.append(f"solved: {solved} of {len(exercises)}")
    if unsolved:
        following = min(unsolved, key=lambda each: each["outcome"] == "todo")
        lines.append(f"next:   {following['path']}:{following['line']}")
        lines.append(f"hint:   kata hint {following['name']}")
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
        for label, key in (("take along", "TAKE_ALONG"), ("the reference", "APPROACH")):
            for text in reserved_texts(exercise, key):
                lines += textwrap.wrap(f"{label}: {text}", _WIDTH, subsequent_indent="    ")
        lines.append(f"beside yours: kata solution {exercise.name}")
    return lines


def _state(outcomes: Sequence[str]) -> str:
    passed = outcomes.count("passed")
    if passed == len(outcomes):
        return f"solved, all {passed} checks pass"
    return f"{passed} of {len(outcomes)} checks pass"
