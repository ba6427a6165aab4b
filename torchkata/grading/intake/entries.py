"""What lies in folders and archives of submissions, looked at without trust."""

import os
import stat
from dataclasses import dataclass
from itertools import islice
from typing import Literal

LARGEST_FILE = 1 << 20
"""Bytes of the largest file that is judged."""

LARGEST_NOTEBOOK = 16 << 20
"""Bytes of the largest notebook that is looked through: pictures are in it."""

Kind = Literal["file", "folder", "link", "special", "outside"]
"""`special` is a pipe, a socket or a device; `outside` a member that leads out of its archive."""

_LONGEST_NAME = 80


class Unreadable(Exception):
    """A file that was submitted can't be read; the message says in a sentence which and why."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing in a folder or in an archive.

    `location` is its path on disk, or that of the archive whose `member` it is. `below` is what a
    folder of an archive holds; a folder on disk is listed when asked. `size` in bytes and
    `modified` in seconds since 1970 are known of an archive's members only. `repeated` says that
    the archive has the name more than once.
    """

    name: str
    kind: Kind
    location: str
    member: str | None = None
    below: dict[str, "Entry"] | None = None
    size: int = 0
    modified: float | None = None
    repeated: bool = False


def children(folder: Entry, most: int | None = None) -> list[Entry]:
    """What a folder holds, by name; of a folder on disk no more than `most`. Raises OSError."""
    if folder.below is not None:
        return sorted(folder.below.values(), key=lambda each: each.name)
    with os.scandir(folder.location) as listing:
        found = [Entry(each.name, _kind_of(each), each.path) for each in islice(listing, most)]
    return sorted(found, key=lambda each: each.name)


def _kind_of(found: os.DirEntry[str]) -> Kind:
    if found.is_symlink():
        return "link"
    if found.is_dir(follow_symlinks=False):
        return "folder"
    return "file" if found.is_file(follow_symlinks=False) else "special"


def modified(entry: Entry) -> float | None:
    """When it was last changed, in seconds since 1970; None where that is not known."""
    if entry.member is not None or entry.below is not None:
        return entry.modified
    try:
        return os.lstat(entry.location).st_mtime
    except OSError:
        return None


def contents(location: str, name: str, largest: int) -> bytes:
    """The bytes of the file at `location`, which must be a plain file of at most `largest` bytes.

    Raises Unreadable, whose sentence calls it `name`. Neither a link nor a pipe is ever opened.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        _refuse_other_than_file(os.lstat(location), name)
        # What lies there may have been exchanged since, so the file that is open is looked at too.
        with open(os.open(location, flags | getattr(os, "O_BINARY", 0)), "rb") as stream:
            found = os.fstat(stream.fileno())
            _refuse_other_than_file(found, name)
            if found.st_size > largest:
                raise Unreadable(too_large(name, found.st_size, largest))
            data = stream.read(largest + 1)
    except OSError as error:
        raise Unreadable(f"{name} can't be read: {error.strerror}.") from None
    if len(data) > largest:
        raise Unreadable(too_large(name, len(data), largest))
    return data


def too_large(name: str, size: int, largest: int) -> str:
    """The sentence for what has `size` bytes where at most `largest` are read."""
    verb = "judged" if largest <= LARGEST_NOTEBOOK else "opened"
    return f"{name} is {size / 1e6:.1f} MB; the largest that is {verb} has {largest >> 20} MiB."


def _refuse_other_than_file(found: os.stat_result, name: str) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise Unreadable(f"{name} is {_what(found.st_mode)}.")


def _what(mode: int) -> str:
    if stat.S_ISLNK(mode):
        return "a symbolic link, which is not followed"
    if stat.S_ISDIR(mode):
        return "a folder, not a file"
    if stat.S_ISFIFO(mode):
        return "a named pipe, not a file"
    return f"a {'socket' if stat.S_ISSOCK(mode) else 'device'}, not a file"


def shown(name: str) -> str:
    """A name that a student chose, for a sentence: in one line, short, nothing in it invisible."""
    seen = "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode()
        for each in name[: 2 * _LONGEST_NAME]
    )
    if len(name) <= len(seen) <= _LONGEST_NAME:
        return seen
    return f"{seen[:_LONGEST_NAME]}…"
