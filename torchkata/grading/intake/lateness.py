"""What an assignment says of lateness: the table [late] of its file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from torchkata.grading.intake.reading import Reading, date, number

_LATE = ("due", "percent", "cap", "zone", "extensions")


@dataclass(frozen=True, slots=True)
class Late:
    """What lateness costs: `percent` of the points for each day begun after `due`, at most `cap`.

    `extensions` are the due dates of single students, by id, login or email. `zone` is that of a
    learning system whose times have no offset. All dates have one.
    """

    due: datetime
    percent: float
    cap: float = 100.0
    zone: str = ""
    extensions: Mapping[str, datetime] = field(default_factory=dict)


def read_late(reading: Reading, value: object) -> Late | None:
    """The table of an assignment; what is wrong with it is noted."""
    key = ("late",)
    if not isinstance(value, dict):
        reading.must_be(key, value, "a table [late] with due and percent")
        return None
    reading.only(key, value, _LATE)
    missing = [name for name in ("due", "percent") if name not in value]
    for name in missing:
        reading.wrong(key, f" has no {name}; it needs due, a date, and percent, a number.")
    extensions = value.get("extensions", {})
    if not isinstance(extensions, dict):
        allowed = "a table [late.extensions] with a date for each student"
        reading.must_be((*key, "extensions"), extensions, allowed)
        extensions = {}
    zone = value.get("zone", "")
    if "zone" in value and not _is_zone(zone):
        allowed = 'the name of a time zone, such as "Europe/Berlin"'
        reading.must_be((*key, "zone"), zone, allowed)
    if missing:
        return None
    return Late(
        date(reading, (*key, "due"), value["due"]),
        number(reading, (*key, "percent"), value["percent"], 0, 100),
        number(reading, (*key, "cap"), value.get("cap", 100), 0, 100),
        str(zone),
        {
            name: date(reading, (*key, "extensions", name), given)
            for name, given in extensions.items()
        },
    )


def _is_zone(name: object) -> bool:
    try:
        return isinstance(name, str) and bool(ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
