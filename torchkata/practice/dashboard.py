"""Where a learner is, drawn: a bar for each topic, a line for each exercise, what comes next."""

import os
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from torchkata.practice.progress import Standing, State, counted, following
from torchkata.suite.curriculum import LEVELS, Exercise, Topic
from torchkata.suite.statement import first_line

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

_STATES: tuple[State, ...] = get_args(State)
_WORDS: dict[State, str] = {
    "solved": "solved",
    "failing": "failing",
    "begun": "begun",
    "todo": "to do",
}
_SIGNS: dict[State, str] = {"solved": "█", "failing": "x", "begun": "▒", "todo": "·"}
_ASCII_SIGNS: dict[State, str] = {"solved": "#", "failing": "x", "begun": "~", "todo": "."}
_COLOURS: dict[State, str] = {"solved": "green", "failing": "red", "begun": "yellow", "todo": "dim"}
_COMMANDS = {
    "kata show": "its statement",
    "kata hint": "one more hint",
    "kata check": "judges it",
    "kata watch": "judges it at each save",
}
_ASIDE = "aside"
_GAP = 2
_LONGEST_BAR = 60
_LONGEST_CELL = 4
_SHORTEST_TITLE = 16
_SHORTEST_DETAILS = 24
_LONGEST_DETAILS = 38


def print_dashboard(console: "Console", topics: Sequence[Topic], found: Sequence[Standing]) -> None:
    """Print a bar for each topic, the total, the next exercise and the commands to go on.

    What is set aside is no part of them: it has a line of its own.
    """
    console.print(_bars(console, topics, counted(found)))
    console.print()
    for each in found:
        if each.aside is not None:
            console.print(f"set aside: {each.exercise.name} {each.aside}", soft_wrap=True)
    print_next(console, found)
    coming_back = _coming_back(found)
    if coming_back:
        console.print(coming_back)
    if following(found) is not None:
        commands = _grid()
        for command, gives in _COMMANDS.items():
            commands.add_row(command, gives)
        console.print()
        console.print(commands)


def print_next(console: "Console", found: Sequence[Standing]) -> None:
    """Print the next exercise: its name, first line and place; or that all are solved."""
    coming = following(found)
    if coming is None:
        console.print(all_solved(found))
        return
    table = _grid()
    level = f" ({level_of(coming.exercise)})" if coming.exercise.level is not None else ""
    table.add_row("next:", f"{coming.exercise.name}{level}: {first_line(coming.exercise)}")
    table.add_row("", place(coming))
    if coming.missing:
        table.add_row("", _missing(coming))
    console.print(table)


def print_list(console: "Console", topics: Sequence[Topic], found: Sequence[Standing]) -> None:
    """Print a line for each exercise under the name and title of its topic."""
    from rich.text import Text

    name_width = max((len(each.exercise.name) for each in found), default=0)
    level_width = max((len(level_of(each.exercise)) for each in found), default=0)
    titles = {each.exercise: first_line(each.exercise) for each in found}
    title_width = _title_width(console, found, name_width + level_width + _GAP * bool(level_width))
    title_width = min(title_width, max(map(len, titles.values()), default=0))
    listed = [(topic, within) for topic in topics if (within := _within(topic, found))]
    for number, (topic, within) in enumerate(listed):
        if number:
            console.print()
        console.print(Text.assemble((topic.name, "bold"), f": {topic.title}"))
        for line in _about(topic):
            console.print(Text(line, "dim"))
        table = _grid()
        table.add_column(width=1)
        table.add_column(width=max(map(len, _WORDS.values())))
        table.add_column(width=name_width)
        if level_width:
            table.add_column(width=level_width, style="dim")
        if title_width:
            table.add_column(width=title_width, no_wrap=True, overflow="ellipsis")
        for each in within:
            level = [level_of(each.exercise)] if level_width else []
            title = [titles[each.exercise]] if title_width else []
            sign, word = _sign(console, each.state), _WORDS[each.state]
            if each.aside is not None:
                sign, word = Text(" "), _ASIDE
            table.add_row(sign, word, each.exercise.name, *level, *title, _details(each))
        console.print(table)


def all_solved(found: Sequence[Standing]) -> str:
    """What to say where nothing comes next."""
    return f"All {len(counted(found))} exercises are solved."


def level_of(exercise: Exercise) -> str:
    """How hard an exercise is, in a word; empty where nobody said so."""
    return LEVELS[exercise.level] if exercise.level is not None else ""


def _coming_back(found: Sequence[Standing]) -> str:
    """What is under review, or else how many are due for one; empty where there is nothing."""
    from torchkata.practice.review import due

    reviewed = [each.exercise.name for each in found if each.under_review]
    if reviewed:
        return f"under review: {', '.join(reviewed)}"
    count = len(due(found, date.today()))
    return f"due for review: {count}; `kata review` brings one back" if count else ""


def place(standing: Standing) -> str:
    """The path of the learner's file, as seen from the working directory, and the line."""
    return f"{seen_from_here(standing.exercise.stub_path)}:{standing.line}"


def seen_from_here(path: Path) -> str:
    """A path relative to the working directory, or the whole path where that was removed."""
    try:
        return os.path.relpath(path)
    except FileNotFoundError:
        return str(path)


def _bars(console: "Console", topics: Sequence[Topic], found: Sequence[Standing]) -> "Table":
    """A sign for each exercise, in the curriculum's order, and how many are in each state."""
    from rich.table import Table
    from rich.text import Text

    total = Counter(each.state for each in found)
    table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), show_footer=True)
    table.add_column(footer="\ntotal", no_wrap=True)
    table.add_column(footer=f"\n{total['solved']} of {len(found)}", overflow="fold")
    for state in _STATES:
        heading = Text(f"{_WORDS[state]}\n").append_text(_sign(console, state))
        table.add_column(heading, f"\n{total[state]}", justify="right", no_wrap=True)
    longest = max((len(topic.exercises) for topic in topics), default=1)
    counts = sum(_GAP + len(word) for word in _WORDS.values())
    names = max((len(topic.name) for topic in topics), default=0) + _GAP
    room = min(console.width - names - counts, _LONGEST_BAR)
    repeat = min(max(room // longest, 1), _LONGEST_CELL)
    for topic in topics:
        states = [each.state for each in _within(topic, found)]
        bar = Text.assemble(*(_sign(console, state, repeat) for state in states))
        counted = Counter(states)
        table.add_row(topic.name, bar, *(str(counted[state] or "") for state in _STATES))
    return table


def _about(topic: Topic) -> list[str]:
    """What a topic teaches, how long it takes and what comes first, as far as they are known."""
    parts = []
    if topic.minutes is not None:
        parts.append(f"about {topic.minutes} minutes")
    if topic.needs:
        parts.append(f"after {', '.join(topic.needs)}")
    return [each for each in (topic.teaches, ", ".join(parts)) if each]


def _title_width(console: "Console", found: Sequence[Standing], name_width: int) -> int:
    """How wide the titles may get beside names so wide; 0 where there is no room for them."""
    fixed = 1 + _GAP + max(map(len, _WORDS.values())) + _GAP + name_width + _GAP
    details = min(max((len(_details(each)) for each in found), default=0), _LONGEST_DETAILS)
    room = console.width - fixed - _GAP
    if room - min(details, _SHORTEST_DETAILS) < _SHORTEST_TITLE:
        return 0
    return max(_SHORTEST_TITLE, room - details)


def _details(standing: Standing) -> str:
    parts = []
    if standing.under_review:
        parts.append("under review")
    if standing.aside is not None:
        parts.append(standing.aside)
    if standing.missing:
        parts.append(_missing(standing))
    if standing.edited:
        parts.append("edited since it was judged")
    if standing.solved_at is not None:
        day = datetime.fromisoformat(standing.solved_at).astimezone().date().isoformat()
        parts.append(day if standing.state == "solved" else f"solved {day}")
    for count, thing in ((standing.attempts, "attempt"), (standing.hints, "hint")):
        if count:
            parts.append(f"{count} {thing}" if count == 1 else f"{count} {thing}s")
    return ", ".join(parts)


def _missing(standing: Standing) -> str:
    return f"file is missing: kata reset {standing.exercise.name}"


def _within(topic: Topic, found: Sequence[Standing]) -> list[Standing]:
    return [each for each in found if each.exercise.topic == topic.name]


def _sign(console: "Console", state: State, repeat: int = 1) -> "Text":
    from rich.text import Text

    signs = _ASCII_SIGNS if console.options.ascii_only else _SIGNS
    return Text(signs[state] * repeat, _COLOURS[state])


def _grid() -> "Table":
    from rich.table import Table

    return Table.grid(padding=(0, _GAP, 0, 0))
