"""A tar, compressed or not, as the zip of the same members: what follows knows one kind of archive.

It is held in memory. Of a member that is too large for what it may be, only the size is kept.
"""

import bz2
import gzip
import lzma
import tarfile
import warnings
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import IO, Any

SUFFIXES = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")

_MAGIC_AT = 257
_OPENERS: Mapping[bytes, Callable[[Any], Any]] = {
    b"\x1f\x8b": lambda raw: gzip.GzipFile(fileobj=raw),
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ": lzma.LZMAFile,
}
_FORMS = {tarfile.SYMTYPE: 0o120000, tarfile.LNKTYPE: 0o120000, tarfile.DIRTYPE: 0o040000}
_FILE, _DEVICE = 0o100000, 0o020000
_FIRST_YEAR, _LAST_YEAR = 1980, 2107


class TooLarge(Exception):
    """It unpacks to more than is read."""


def is_tar(beginning: bytes) -> bool:
    """Whether bytes begin as a tar does, or as one of the ways to compress one."""
    return beginning[_MAGIC_AT:].startswith(b"ustar") or _opener(beginning) is not None


def as_zip(raw: IO[bytes], beginning: bytes, kept: int, largest: int, most: int) -> zipfile.ZipFile:
    """The zip. Members of more than `kept` bytes are there without their content.

    Raises TooLarge where it unpacks to more than `largest` bytes or has more than `most` members,
    and whatever Python's modules raise where it is broken.
    """
    opener = _opener(beginning)
    stream: Any = _Capped(opener(raw) if opener else raw, largest)
    held = BytesIO()
    sizes: dict[str, int] = {}
    with (
        warnings.catch_warnings(),
        tarfile.open(fileobj=stream, mode="r|", errorlevel=0) as tar,
        zipfile.ZipFile(held, "w") as made,
    ):
        warnings.simplefilter("ignore")  # of a name that is there twice
        for number, member in enumerate(tar):
            if number >= most:
                raise TooLarge
            info = _info(member)
            content = b""
            if member.isreg() and member.size <= kept:
                found = tar.extractfile(member)
                content = found.read(kept + 1) if found else b""
            elif member.isreg():
                sizes[info.filename] = member.size
            made.writestr(info, content)
    archive = zipfile.ZipFile(held)
    for name, size in sizes.items():
        archive.getinfo(name).file_size = size
    return archive


def _info(member: tarfile.TarInfo) -> zipfile.ZipInfo:
    moment = datetime.fromtimestamp(max(member.mtime, 0), UTC)
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        moment = datetime(_FIRST_YEAR, 1, 1, tzinfo=UTC)
    name = member.name + ("/" if member.isdir() else "")
    info = zipfile.ZipInfo(name, moment.timetuple()[:6])
    form = _FILE if member.isreg() else _FORMS.get(member.type, _DEVICE)
    info.external_attr = (form | 0o600) << 16
    return info


def _opener(beginning: bytes) -> Callable[[Any], Any] | None:
    return next((each for magic, each in _OPENERS.items() if beginning.startswith(magic)), None)


class _Capped:
    """A stream that ends in TooLarge after so many bytes."""

    def __init__(self, stream: IO[bytes], largest: int) -> None:
        self._stream = stream
        self._left = largest

    def read(self, size: int) -> bytes:
        data = self._stream.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise TooLarge
        return data
