"""All that is in a part of a submission, one thing after another: to be taken, or left aside."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from torchkata.grading.grades import LeftAside
from torchkata.grading.intake import archive
from torchkata.grading.intake.archive import MOST_FILES
from torchkata.grading.intake.entries import Entry, children, shown
from torchkata.suite.layout import is_left_behind, is_no_answer

LARGEST_UNPACKED = 256 << 20
"""Bytes that all members of a student's archives may have together when inflated."""

_DEEPEST = 6
_WRAPPED = 2
_REFUSED = {
    "link": "a symbolic link",
    "special": "a pipe or a device",
    "outside": "a path that leads out of it",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A folder, an archive or a file that a student handed in.

    `name` is the student's own. A higher `order` was handed in later.
    """

    entry: Entry
    name: str
    order: int = 0


@dataclass(slots=True)
class Seen:
    """How much was looked at of what a student handed in, and what was passed over."""

    files: int = 0
    size: int = 0
    left: list[LeftAside] = field(default_factory=list)


class Refused(Exception):
    """Nothing is taken from a part; the message says in a sentence why."""


def files(part: Part, is_archive: bool, alone: bool, seen: Seen) -> Iterator[tuple[str, Entry]]:
    """What a part holds, by the path within what was handed in.

    Raises Refused, BadArchive and OSError.
    """
    if is_archive:
        prefix = "" if alone else f"{part.name}/"
        yield from _below(archive.handed_in(part.entry), part.name, prefix, 1, seen)
    elif part.entry.kind == "folder":
        yield from _below(part.entry, part.name, "", 1, seen)
    elif part.entry.kind != "file" and (
        part.entry.member is not None or not part.name.endswith(".py")
    ):
        raise Refused(f"{shown(part.name)} is {_REFUSED[part.entry.kind]}: it is not read.")
    else:
        yield part.name, part.entry


def passed_over(entry: Entry) -> str:
    """Why a file or folder within a submission is not looked into; empty where it is."""
    if entry.kind == "outside":
        return ""
    if is_left_behind(entry.name):
        return "left behind by a program"
    if is_no_answer(entry.name):
        return "the suite's own, or an environment's"
    return ""


def _below(
    folder: Entry, top: str, path: str, depth: int, seen: Seen
) -> Iterator[tuple[str, Entry]]:
    inside = children(folder, MOST_FILES + 1)
    reasons = [passed_over(each) for each in inside]
    if all(reasons) and depth <= _WRAPPED:
        # A folder of answers may be called as one of the suite's, where there is nothing else.
        answers = [
            place
            for place, each in enumerate(inside)
            if is_no_answer(each.name) and each.kind == "folder"
        ]
        if len(answers) == 1:
            reasons[answers[0]] = ""
    looked_into = list(zip(inside, reasons, strict=True))
    for each, why in looked_into:
        if why:
            ending = "/" if each.kind == "folder" else ""
            seen.left.append(LeftAside(f"{path}{each.name}{ending}", why))
    for each, why in looked_into:
        if why:
            continue
        seen.files += 1
        seen.size += each.size
        within = path + each.name
        if seen.files > MOST_FILES:
            raise Refused(f"{shown(top)} holds more than {MOST_FILES:,} files.")
        if seen.size > LARGEST_UNPACKED:
            limit = f"{LARGEST_UNPACKED >> 20} MiB"
            raise Refused(f"{shown(top)} unpacks to more than {limit}: nothing of it is read.")
        if folder.below is not None and each.kind in _REFUSED:
            what = f"{_REFUSED[each.kind]}, {shown(within)}"
            raise Refused(f"{shown(top)} holds {what}: nothing of it is read.")
        if each.kind == "folder" and not each.name.endswith(".py") and depth < _DEEPEST:
            yield from _below(each, top, f"{within}/", depth + 1, seen)
        else:
            yield within, each
