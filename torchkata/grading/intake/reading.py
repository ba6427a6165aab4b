"""An assignment's file while it is read: its values, and a line for each mistake in them."""

import math
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from torchkata.suite.curriculum import Exercise, did_you_mean

Key = tuple[str, ...]


@dataclass(slots=True)
class Reading:
    """A file while it is read: the lines of its keys, and what was found so far."""

    path: Path
    lines: Mapping[Key, int]
    mistakes: list[str] = field(default_factory=list)
    properties: dict[Exercise, tuple[str, ...]] = field(default_factory=dict)

    def wrong(self, key: Key, says: str) -> None:
        """Note a mistake, with the line of the key or of what it stands in."""
        inside = (key[:end] for end in range(len(key), 0, -1))
        line = next((f":{self.lines[each]}" for each in inside if each in self.lines), "")
        self.mistakes.append(f"{self.path}{line}: {_dotted(key)}{says}")

    def must_be(self, key: Key, value: object, allowed: str) -> None:
        self.wrong(key, f" is {shown(value)}; it must be {allowed}.")

    def only(self, key: Key, table: Mapping[str, object], known: Iterable[str]) -> None:
        """Note the keys of a table that are not known."""
        names = {each: each for each in known}
        for name in table:
            if name not in names:
                near = did_you_mean(name, names) or f" Choose from {', '.join(names)}."
                self.wrong((*key, name), f" is no key of an assignment.{near}")


def number(
    reading: Reading, key: Key, value: object, least: float, most: float, unit: str = ""
) -> float:
    """A number within bounds; NaN where it is another, which is noted."""
    if isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most:
        return float(value)
    what = f"a number of {unit}" if unit else "a number"
    reading.must_be(key, value, f"{what} from {least:,} to {most:,}")
    return math.nan


def whole(reading: Reading, name: str, value: object, least: int, most: int, unit: str = "") -> int:
    """A whole number within bounds; 0 where it is another, which is noted."""
    if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
        return value
    what = f"a whole number of {unit}" if unit else "a whole number"
    reading.must_be((name,), value, f"{what} from {least:,} to {most:,}")
    return 0


def lines_of(text: str) -> dict[Key, int]:
    """The line of each table and key that begins a line; tomllib doesn't tell."""
    found: dict[Key, int] = {}
    table: Key = ()
    for number, line in enumerate(text.split("\n"), start=1):
        if line.lstrip().startswith("["):
            table = _key(line) or table
            found.setdefault(table, number)
        elif "=" in line:
            found.setdefault(table + _key(line.partition("=")[0] + "= 0"), number)
    return found


def _key(line: str) -> Key:
    """The key of a line like `[a.b]` or `a.b = 0`; empty where it is another line."""
    try:
        value: Any = tomllib.loads(line)
    except ValueError:
        return ()
    parts = []
    while isinstance(value, dict) and value:
        ((part, value),) = value.items()
        parts.append(part)
    return tuple(parts)


def _dotted(key: Key) -> str:
    return ".".join(each if re.fullmatch(r"[\w-]+", each) else shown(each) for each in key)


def shown(value: object) -> str:
    """A value as TOML writes it, or nearly so."""
    match value:
        case bool():
            return str(value).lower()
        case str() if "'" not in value and '"' not in value:
            return f'"{repr(value)[1:-1]}"'
        case list():
            return f"[{', '.join(map(shown, value))}]"
        case dict():
            inside = ", ".join(f"{_dotted((key,))} = {shown(each)}" for key, each in value.items())
            return f"{{ {inside} }}"
        case str():
            return repr(value)
        case datetime():
            return value.isoformat()
    return str(value)


def date(reading: Reading, key: Key, value: object) -> datetime:
    """A date and time with its offset; the first there is where it is another, which is noted."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value
    example = "2026-10-05T23:59:00+02:00"
    reading.must_be(key, value, f"a date and a time with its offset from UTC, such as {example}")
    return datetime.min.replace(tzinfo=UTC)
