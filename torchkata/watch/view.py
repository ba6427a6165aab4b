"""What `kata watch` draws, line by line. It only draws: watch.py decides."""

import re
import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.text import Text

from torchkata.practice.dashboard import level_of
from torchkata.practice.progress import Standing, State
from torchkata.practice.summary import Summary, worst
from torchkata.watch.warm import Ended

KEYS = {
    "n": "next exercise",
    "p": "previous exercise",
    "h": "one more hint",
    "t": "the topic's page",
    "s": "the solution beside yours",
    "r": "run again",
    "l": "list, with search",
    "c": "check all",
    "x": "reset to the stub",
    "o": "open in your editor",
    "q": "quit",
    "?": "these keys",
}
_FOOTS: dict[State | str, str] = {
    "solved": "n next  s solution  l list  p previous  r run again",
    "failing": "h hint  r run again  n next  p previous  t topic  l list",
    "begun": "h hint  o open  r run again  n next  p previous  t topic  l list",
    "todo": "o open  h hint  t topic  n next  p previous  l list",
    "missing": "x write the stub  n next  p previous  l list",
    "list": "enter goes there  ↑ ↓ choose  escape goes back",
    "page": "escape goes back  space and ↑ ↓ move",
}
_ALWAYS = "? keys  q quit"
SIGNS: dict[State, tuple[str, str]] = {
    "solved": ("✓", "green"),
    "failing": ("✗", "red"),
    "begun": ("~", "yellow"),
    "todo": ("·", "dim"),
}
WORDS: dict[State, str] = {
    "solved": "solved",
    "failing": "failing",
    "begun": "begun",
    "todo": "not begun",
}
_WHOLE: dict[str, Any] = {"break_long_words": False, "break_on_hyphens": False}
"""A path is not cut in the middle."""

_FRAME = re.compile(r'File "(.+)", line (\d+) in (\S+)')


@dataclass(frozen=True, slots=True)
class Frame:
    """A screen's lines, none wider than it: a head, a body of which a part is in sight, a foot."""

    head: Text
    body: Sequence[Text]
    foot: Sequence[Text]
    rows: int

    @classmethod
    def of(
        cls, console: Console, size: tuple[int, int], head: Text, body: Sequence[Text], foot: Text
    ) -> "Frame":
        """The frame on a screen of so many columns and rows: lines too long go on below."""
        columns, rows = size
        wrapped = [part for line in body for part in line.wrap(console, columns)]
        below = list(foot.wrap(console, columns))[: max(rows // 2, 1)]
        return cls(head, wrapped, below, rows)

    @property
    def _gap(self) -> list[Text]:
        """A blank line, where all fits with it."""
        fits = 1 + len(self.body) + len(self.foot) + 2 <= self.rows
        return [Text()] if fits else []

    @property
    def room(self) -> int:
        """How many lines of the body are in sight."""
        return max(self.rows - 1 - len(self.foot) - 2 * len(self._gap), 1)

    def within(self, offset: int) -> int:
        """The nearest line to `offset` from which the body can be shown."""
        return max(0, min(offset, len(self.body) - self.room))

    def lines(self, offset: int) -> list[Text]:
        """The lines of the screen, its body from line `offset` on."""
        seen = list(self.body[offset : offset + self.room])
        below = len(self.body) - offset - len(seen)
        if below and len(seen) > 1:
            last = f"↑ ↓ lines {offset + 1}-{offset + len(seen) - 1} of {len(self.body)}"
            seen[-1] = Text(last, "dim")
        seen += [Text()] * (self.room - len(seen))
        return [self.head, *self._gap, *seen, *self._gap, *self.foot][: self.rows]


def head(key: str, came_out: State | None, doing: str, solved: str, judged: str) -> Text:
    """The exercise and how it stands, or what is going on; how many are solved; what was judged."""
    parts: list[str | tuple[str, str]] = [(key, "bold"), "  "]
    if doing:
        parts += [(doing, "yellow"), "  "]
    elif came_out is not None:
        sign, style = SIGNS[came_out]
        # The sign comes first, so that a narrow screen has it.
        parts = [(f"{sign} ", style), *parts, (WORDS[came_out], style), "  "]
    parts += [(solved, ""), (f"  {judged}" if judged else "", "dim")]
    return Text.assemble(*parts)


def foot(kind: State | str, columns: int) -> Text:
    """The keys most used in a state, as many as fit on a line."""
    always = "" if kind in ("list", "page") else _ALWAYS
    keys: list[str] = []
    for key in _FOOTS[kind].split("  "):
        if len("  ".join([*keys, key, always])) <= columns:
            keys.append(key)
    return Text("  ".join([*keys, always] if always else keys), "dim", no_wrap=True)


def note(text: str) -> Text:
    return Text(text, "yellow")


def introduction(title: str, place: str) -> list[Text]:
    """What stands where there is no verdict yet: the exercise's title and its place."""
    return [Text(title, "bold"), Text(), Text(place, "dim")]


def invitation(place: str, statement: Sequence[Text]) -> list[Text]:
    """What stands where nothing is written: where to write, and the statement."""
    return [
        *statement[:1],
        Text(f"{place} is not begun."),
        Text("o opens it in your editor. Each save is judged here."),
        *statement[1:],
    ]


def verdict_lines(parts: Sequence[Summary], more_to_come: bool) -> list[Text]:
    """The verdict on an exercise: the first failure in full, a line for each other, the count."""
    first = worst(parts)
    if first is None:
        if more_to_come:
            return [Text(f"{len(parts)} of {parts[0]['checks']} checks pass …", "dim")]
        return [Text(f"Solved: all {len(parts)} checks pass.", "bold green")]
    lines = list(Text.from_ansi(first["screen"]).split("\n", allow_blank=True))
    lines.append(Text())
    if first["early"]:
        lines.append(Text("looking for a smaller input, and for why …", "dim"))
    lines += [Text.assemble(("✗ ", "red"), each) for each in others(parts)]
    if more_to_come:
        return lines
    passed = sum(each["outcome"] == "passed" for each in parts)
    lines.append(Text(f"{passed} of {parts[0]['checks']} checks pass", "dim"))
    return lines


def others(parts: Sequence[Summary]) -> list[str]:
    """A line for each failure but the one that is told in full."""
    first = worst(parts)
    lines: list[str] = []
    untried: Counter[tuple[str, str]] = Counter()
    for each in parts:
        if each is first or each["repeats"] or each["outcome"] == "passed":
            continue
        device, told = each["data"]["device"], each["headline"]
        if each["untried"]:
            untried[device, told] += 1
        else:
            lines.append(f"{each['data']['property']}[{device}]: {told}")
    lines += (f"on {device}, {count} more: {told}" for (device, told), count in untried.items())
    return lines


def taken_along(lessons: Sequence[str], following: str) -> list[Text]:
    """What to read when an exercise is solved, and where to go on."""
    go_on = f"n goes on to {following}." if following else "This is the last. l lists all."
    return [Text(), Text(go_on), Text(), *(Text(line) for line in lessons)]


def problem_lines(ended: Ended, place: str, stub: str) -> list[Text]:
    """Why there is no verdict, or no complete one; `stub` is the learner's file."""
    reason, *rest = problem(ended, stub)
    lines = [Text(place, "dim")] if ended.crashed else []
    lines += paragraph(reason, "bold red")
    lines += [part for line in rest for part in paragraph(line)]
    return lines


def problem(ended: Ended, stub: str) -> list[str]:
    """Why there is no verdict: the reason, what more there is to say, where it was."""
    lines = ended.problem.split("\n")
    for path, number, name in _FRAME.findall(ended.dump):
        if path == stub:
            return [*lines, f"It was at line {number}, in {name}."]
    return lines


def list_lines(
    found: Sequence[Standing], titles: Mapping[str, str], chosen: int, typed: str, columns: int
) -> list[Text]:
    """The exercises that hold what was typed, the chosen one marked, each on one line.

    `titles` has those of all exercises by their keys. Names stand below each other, and so do
    titles, whatever is found.
    """
    lines = [Text.assemble(("search: ", "cyan"), typed, ("▏", "dim")), Text()]
    widest = max(map(len, titles), default=0)
    for position, each in enumerate(found):
        sign, style = SIGNS[each.state]
        mark = "> " if position == chosen else "  "
        key = each.exercise.key
        line = Text.assemble(mark, (sign, style), " ", (key, "bold" if position == chosen else ""))
        line.pad_right(widest - len(key) + 2)
        line.append(f"{level_of(each.exercise):<6}  ", "dim").append(titles.get(key, ""))
        line.truncate(columns, overflow="ellipsis")
        lines.append(line)
    if not found:
        lines.append(Text("No exercise has that in its name or title. Backspace takes one back."))
    return lines


def hint_lines(hints: Sequence[str], count: int) -> list[Text]:
    """The first `count` hints, the newest bright."""
    lines: list[Text] = []
    for number, hint in enumerate(hints[:count], 1):
        lines += [Text(f"hint {number} of {len(hints)}", "cyan")]
        lines += [*paragraph(hint, "" if number == count else "dim"), Text()]
    more = "h shows one more." if count < len(hints) else "That was the last hint."
    return [*lines, Text(more, "dim")]


def key_lines() -> list[Text]:
    """Every key and what it does."""
    lines = [Text.assemble((key, "bold cyan"), f"  {does}") for key, does in KEYS.items()]
    move = Text("↑ ↓, page up, page down and space move what does not fit the screen.", "dim")
    return [*lines, Text(), move, Text("Ctrl-C quits too. Any other key goes back.", "dim")]


def paragraph(text: str, style: str = "") -> list[Text]:
    """Plain text as lines of at most 80 columns."""
    wrapped = (
        line for each in text.split("\n") for line in textwrap.wrap(each, 80, **_WHOLE) or [""]
    )
    return [Text(line, style) for line in wrapped]
