"""What `kata watch` draws, line by line. It only draws: watch.py decides."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from rich.text import Text

from torchkata.progress import Standing, State
from torchkata.summary import Summary, state, worst

KEYS = {
    "n": "next exercise",
    "p": "previous exercise",
    "h": "one more hint",
    "s": "the solution beside yours",
    "r": "run again",
    "l": "list, with search",
    "c": "check all",
    "x": "reset to the stub",
    "o": "open in your editor",
    "q": "quit",
    "?": "these keys",
}
_SHORT = "n next  p previous  h hint  r run again  l list  ? keys  q quit"
_SIGNS: dict[State, tuple[str, str]] = {
    "solved": ("✓", "green"),
    "failing": ("✗", "red"),
    "begun": ("~", "yellow"),
    "todo": ("·", "dim"),
}


@dataclass(frozen=True, slots=True)
class Frame:
    """A screen's lines, none wider than it: a head, a body of which a part is in sight, a foot."""

    head: Sequence[Text]
    body: Sequence[Text]
    foot: Sequence[Text]
    rows: int

    @property
    def room(self) -> int:
        """How many lines of the body are in sight."""
        return max(self.rows - len(self.head) - len(self.foot) - 2, 1)

    def lines(self, offset: int) -> list[Text]:
        """The lines of the screen, its body from line `offset` on."""
        seen = list(self.body[offset : offset + self.room])
        below = len(self.body) - offset - len(seen)
        if below and seen:
            last = f"lines {offset + 1}-{offset + len(seen) - 1} of {len(self.body)}; ↑ ↓ move"
            seen[-1] = Text(last, "dim")
        seen += [Text()] * (self.room - len(seen))
        return [*self.head, Text(), *seen, Text(), *self.foot][: self.rows]


def head(standing: Standing, solved: int, total: int, devices: str, status: str) -> Text:
    """The exercise, how many are solved, and what is going on."""
    parts: list[str | tuple[str, str]] = [
        (standing.exercise.key, "bold"),
        ("  ", ""),
        (f"{solved} of {total} solved", "green"),
    ]
    if devices:
        parts += [("  on ", "dim"), (devices, "dim")]
    if status:
        parts += [("  ", ""), (status, "yellow")]
    return Text.assemble(*parts)


def foot(note: str) -> Text:
    """A note where there is one, or else the keys most used."""
    return Text(note, "yellow") if note else Text(_SHORT, "dim")


def verdict_lines(
    parts: Sequence[Summary], lessons: Sequence[str], more_to_come: bool
) -> list[Text]:
    """The verdict on an exercise: the first failure in full, a line for each other, the count."""
    first = worst(parts)
    if first is None:
        told = f"Solved: all {len(parts)} checks pass." if state(parts) == "solved" else ""
        return [Text(told, "bold green"), Text(), *map(Text, lessons)]
    lines = list(Text.from_ansi(first["text"]).split("\n", allow_blank=True))
    lines.append(Text())
    for each in parts:
        if each is not first and not each["repeats"] and each["outcome"] != "passed":
            name = f"{each['data']['property']}[{each['data']['device']}]"
            lines.append(Text.assemble(("✗ ", "red"), f"{name}: {each['headline']}"))
    if more_to_come:
        return lines
    passed = sum(each["outcome"] == "passed" for each in parts)
    lines.append(Text(f"{passed} of {parts[0]['checks']} checks pass", "dim"))
    return lines


def list_lines(found: Sequence[Standing], chosen: int, typed: str) -> list[Text]:
    """The exercises whose names hold what was typed, the chosen one marked."""
    lines = [Text.assemble(("search: ", "cyan"), typed, ("▏", "dim")), Text()]
    for position, each in enumerate(found):
        sign, style = _SIGNS[each.state]
        mark = "> " if position == chosen else "  "
        name = "bold" if position == chosen else ""
        lines.append(Text.assemble(mark, (sign, style), " ", (each.exercise.key, name)))
    if not found:
        lines.append(Text("No exercise has that in its name.", "dim"))
    return lines


def key_lines() -> list[Text]:
    """Every key and what it does."""
    lines = [Text.assemble((key, "bold cyan"), f"  {does}") for key, does in KEYS.items()]
    move = Text("↑ ↓ and page up, page down move what does not fit the screen.", "dim")
    return [*lines, Text(), move, Text("Any key goes back.", "dim")]


def paragraph(text: str, style: str = "") -> list[Text]:
    """Plain text as lines of at most 80 columns."""
    wrapped = (line for each in text.split("\n") for line in textwrap.wrap(each, 80) or [""])
    return [Text(line, style) for line in wrapped]
