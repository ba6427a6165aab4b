"""Zips and tars, listed and read without anything of them ever being written to disk.

An instructor's own archive is opened by its path. A student's, on disk or in the instructor's, is
read whole, within limits, before it is looked into. `member` names what is in an archive: the
name in it, after that of the archive in the archive and a NUL where there are two.
"""

import os
import re
import stat
import zipfile
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import IO

from torchkata.grading.intake.entries import (
    LARGEST_FILE,
    LARGEST_NOTEBOOK,
    Entry,
    Kind,
    Unreadable,
    contents,
    shown,
    too_large,
)
from torchkata.grading.intake.tars import SUFFIXES, TooLarge, as_zip, is_tar

LARGEST_ARCHIVE = 32 << 20
"""Bytes of the largest archive of a student that is opened."""

MOST_FILES = 5000
"""How many files a student's submission may have."""

_LARGEST_UNPACKED = 256 << 20
_LARGEST_CLASS = 2 << 30
_MOST_OF_CLASS = 1_000_000
_READ = (".zip", *SUFFIXES)
_NOT_READ = (".7z", ".rar", ".gz", ".bz2", ".xz", ".z", ".zst", ".lz", ".cab", ".iso", ".dmg")
_OTHERS = {b"7z\xbc\xaf": "a 7z archive", b"Rar!": "a RAR archive", b"MSCF": "a cabinet file"}
_BEGINNING = 512
_DEEPEST = 12
_SEPARATOR = "\0"  # zipfile ends a name at a NUL, so none has it
_MEMBER = b"PK\x01\x02"
_ENCRYPTED = 0x1 | 0x40
_UTF_8 = 0x800
_NO_DATE = (1980, 1, 1, 0, 0, 0)
_METHODS = {9: "Deflate64", 12: "bzip2", 14: "LZMA", 93: "Zstandard", 95: "xz", 98: "PPMd"}


class BadArchive(Exception):
    """An archive can't be read; the message says in a sentence which and why."""


def is_archive(name: str) -> bool:
    """Whether a file is an archive, by its name; also one of a kind that is not read."""
    return _suffix(name) != ""


def stem(name: str) -> str:
    """The name of a file without what tells that it is an archive."""
    return name[: len(name) - len(_suffix(name))]


def _suffix(name: str) -> str:
    lower = name.lower()
    return max((each for each in (*_READ, *_NOT_READ) if lower.endswith(each)), key=len, default="")


def whole(path: Path) -> Entry:
    """What an instructor's archive holds, as a folder. Raises BadArchive."""
    try:
        archive = _own(*_version(str(path)))
    except OSError as error:
        raise BadArchive(f"{path} can't be read: {error.strerror or error}.") from None
    except Unreadable as error:
        raise BadArchive(str(error)) from None
    return _tree(archive, path.name, str(path), "")


def handed_in(entry: Entry) -> Entry:
    """What a student's archive holds, as a folder. Raises BadArchive."""
    try:
        archive = _students(*_version(entry.location), entry.member)
    except OSError as error:
        raise BadArchive(f"{shown(entry.name)} can't be read: {error.strerror}.") from None
    except Unreadable as error:
        raise BadArchive(str(error)) from None
    prefix = f"{entry.member or ''}{_SEPARATOR}"
    return _tree(archive, entry.name, entry.location, prefix)


def is_students(entry: Entry) -> bool:
    """Whether it is a member of an archive that a student made."""
    return _SEPARATOR in (entry.member or "")


def member_contents(location: str, member: str, name: str, largest: int = LARGEST_FILE) -> bytes:
    """The bytes of a member, at most `largest`. Raises Unreadable, whose sentence calls it `name`.

    `location` is the instructor's archive, or a student's.
    """
    outer, separator, inside = member.rpartition(_SEPARATOR)
    try:
        if separator:
            archive = _students(*_version(location), outer or None)
        else:
            archive = _own(*_version(location))
    except OSError as error:
        raise Unreadable(f"{name} can't be read: {error.strerror}.") from None
    except Unreadable:
        raise Unreadable(f"{name} can't be read: its archive has changed.") from None
    return _inflated(archive, inside, name, largest)


def _version(location: str) -> tuple[str, int, int, int]:
    """What an archive that is kept open goes by.

    A fork opens its own: a file position that two processes share is no one's.
    """
    found = os.stat(location)
    return location, found.st_mtime_ns, found.st_size, os.getpid()


@lru_cache(maxsize=4)
def _own(location: str, _changed: int, _size: int, _process: int) -> zipfile.ZipFile:
    with open(location, "rb") as stream:
        limits = LARGEST_ARCHIVE, _LARGEST_CLASS, _MOST_OF_CLASS
        return _opened(stream, location, location, *limits)


@lru_cache(maxsize=2)
def _students(
    location: str, _changed: int, _size: int, _process: int, member: str | None
) -> zipfile.ZipFile:
    name = shown(os.path.basename(member or location))
    if member is None:
        raw = contents(location, name, LARGEST_ARCHIVE)
    else:
        raw = _inflated(_own(*_version(location)), member, name, LARGEST_ARCHIVE)
    # So begins whatever zipfile would make an object of.
    if raw.count(_MEMBER) > MOST_FILES:
        raise Unreadable(f"{name} holds more than {MOST_FILES:,} files.")
    stream = BytesIO(raw)
    return _opened(stream, stream, name, LARGEST_NOTEBOOK, _LARGEST_UNPACKED, MOST_FILES)


def _opened(
    stream: IO[bytes], source: str | IO[bytes], name: str, kept: int, largest: int, most: int
) -> zipfile.ZipFile:
    """An archive of the kind that its beginning tells, whatever it is called.

    A zip is read from its `source` as long as it is kept; `stream` may be closed.
    """
    beginning = stream.read(_BEGINNING)
    stream.seek(0)
    for magic, what in _OTHERS.items():
        if beginning.startswith(magic):
            raise Unreadable(f"{name} is {what}, which is not read: unpack it, and pack a zip.")
    tar = is_tar(beginning)
    try:
        if tar:
            return as_zip(stream, beginning, kept, largest, most)
        return zipfile.ZipFile(source)
    except TooLarge:
        raise Unreadable(
            f"{name} holds more than {most:,} files or unpacks to more than {largest >> 20} MiB: "
            "nothing of it is read."
        ) from None
    except Exception:  # neither module has one error for what it can't read
        kind = "tar" if tar or _suffix(name) in SUFFIXES else "zip"
        if not tar and _suffix(name) in _NOT_READ:
            raise Unreadable(
                f"{name} is an archive of a kind that is not read: unpack it, and pack a zip."
            ) from None
        raise Unreadable(f"{name} is not a {kind}, or not a whole one.") from None


def _inflated(archive: zipfile.ZipFile, member: str, name: str, largest: int) -> bytes:
    """The bytes of a member; never more than `largest` and one are inflated."""
    if member.endswith("/"):
        raise Unreadable(f"{name} is a folder, not a file.")
    try:
        info = archive.getinfo(member)
    except KeyError:
        raise Unreadable(f"{name} can't be read: its archive has changed.") from None
    if info.flag_bits & _ENCRYPTED:
        raise Unreadable(f"{name} is encrypted.")
    # Only of these two does zipfile inflate no more than it was asked for.
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        method = _METHODS.get(info.compress_type, f"method {info.compress_type}")
        raise Unreadable(f"{name} is compressed with {method}; only Deflate is read.")
    if info.file_size > largest:
        raise Unreadable(too_large(name, info.file_size, largest))
    try:
        with archive.open(info) as stream:
            data = stream.read(largest + 1)
    except Exception:  # of many kinds, and some quote the names in the archive
        raise Unreadable(f"{name} is damaged in its archive.") from None
    if len(data) != info.file_size:
        raise Unreadable(f"{name} is damaged in its archive.")
    return data


def _tree(archive: zipfile.ZipFile, name: str, location: str, prefix: str) -> Entry:
    """The members as folders and files, those that lead elsewhere marked as such."""
    top: dict[str, Entry] = {}
    for info in archive.infolist():
        path = _decoded(info).replace("\\", "/")
        parts = [each for each in path.split("/") if each not in ("", ".")]
        kind = _kind_of(info, path)
        if ".." in parts or re.match("/|[A-Za-z]:/", path):
            kind = "outside"
            within = parts.index("..") if ".." in parts else 0
            parts[within:] = [shown(path)]
        if not parts:
            continue
        if len(parts) > _DEEPEST:
            parts[_DEEPEST:] = ["/".join(parts[_DEEPEST:])]
        folder, at = top, prefix
        for part in parts if kind == "folder" else parts[:-1]:
            at += f"{part}/"
            folder = _below(folder, Entry(part, "folder", location, at, {}))
        if kind != "folder":
            member = prefix + info.filename
            _put(
                folder, Entry(parts[-1], kind, location, member, None, info.file_size, _time(info))
            )
    return Entry(name, "folder", location, prefix, top)


def _below(within: dict[str, Entry], folder: Entry) -> dict[str, Entry]:
    """What the folder holds, which is put there where there is none yet."""
    found = within.get(folder.name)
    if found is None or found.kind == "file":
        found = within[folder.name] = folder
    # Under what is refused nothing is to be found.
    return {} if found.below is None else found.below


def _put(within: dict[str, Entry], entry: Entry) -> None:
    """Put what is no folder there. Of a name that is there twice, the last counts."""
    found = within.get(entry.name)
    if found is None or entry.kind != "file":
        within[entry.name] = entry
    elif found.kind == "file":
        within[entry.name] = replace(entry, repeated=True)


def _kind_of(info: zipfile.ZipInfo, path: str) -> Kind:
    form = stat.S_IFMT(info.external_attr >> 16)
    if form == stat.S_IFLNK:
        return "link"
    if form not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "special"
    return "folder" if path.endswith("/") else "file"


def _decoded(info: zipfile.ZipInfo) -> str:
    """The member's name. Many programs write UTF-8 and don't say so."""
    if info.flag_bits & _UTF_8:
        return info.filename
    try:
        return info.filename.encode("cp437").decode()
    except UnicodeError:
        return info.filename


def _time(info: zipfile.ZipInfo) -> float | None:
    if info.date_time == _NO_DATE:
        return None
    try:
        return datetime(*info.date_time).timestamp()
    except (ValueError, OverflowError):
        return None
