"""What of the disk a process may still open, by Landlock. Linux has this from 5.13 on.

Names, sizes and modes of files can be asked for all the same.
"""

import ctypes
import os
import stat
import struct
from collections.abc import Iterable

_CREATE, _ADD, _RESTRICT = 444, 445, 446  # alike on all architectures
_VERSION = 1
_PATH_BENEATH = 1
_LIBC = ctypes.CDLL(None, use_errno=True)

# Rights of linux/landlock.h.
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
_REMOVE_DIR, _REMOVE_FILE = 1 << 4, 1 << 5
_MAKE_DIR, _MAKE_REG, _MAKE_SOCK, _MAKE_FIFO, _MAKE_SYM = (1 << bit for bit in (7, 8, 9, 10, 12))
_REFER, _TRUNCATE = 1 << 13, 1 << 14
_OF_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | 1 << 15
_KNOWN = {1: 13, 2: 14, 3: 15, 4: 15}  # version: how many rights it knows
_ABSTRACT_SOCKETS, _SIGNALS = 1, 2

READ = _EXECUTE | _READ_FILE | _READ_DIR
"""To read and run what is there."""

CHANGE = (
    (READ | _WRITE_FILE | _TRUNCATE | _REMOVE_DIR | _REMOVE_FILE | _REFER)
    | (_MAKE_DIR | _MAKE_REG | _MAKE_SOCK | _MAKE_FIFO | _MAKE_SYM)
)  # fmt: skip
"""To do anything with files and folders, but not to make devices."""

SHARE = _READ_FILE | _WRITE_FILE | _TRUNCATE | _MAKE_REG | _REMOVE_FILE
"""To make files in a folder, but no folders in it, and not to list what is there."""

WRITE = _READ_FILE | _WRITE_FILE
"""To read and write a file."""


def version() -> int:
    """The version that this kernel has; 0 where it has none, or a container lets none through."""
    return max(_call(_CREATE, None, 0, _VERSION), 0)


class Ruleset:
    """What may be opened. It is made with the rights of whoever opens the paths."""

    def __init__(self, allowed: Iterable[tuple[str, int]]) -> None:
        """Allow rights beneath each path; one that does not exist is passed over. Raises OSError.

        Needs a kernel that has Landlock.
        """
        has = version()
        self._known = (1 << _KNOWN.get(has, 16)) - 1
        scopes = _ABSTRACT_SOCKETS | _SIGNALS if has >= 6 else 0
        attributes = struct.pack("QQQ", self._known, 0, scopes)
        size = 24 if has >= 6 else 8
        self._descriptor = _checked(_call(_CREATE, attributes, size, 0))
        for path, rights in allowed:
            self._allow(path, rights)

    def _allow(self, path: str, rights: int) -> None:
        try:
            descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except (FileNotFoundError, NotADirectoryError):
            return
        try:
            if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
                rights &= _OF_FILES
            rule = struct.pack("=Qi", rights & self._known, descriptor)
            _checked(_call(_ADD, self._descriptor, _PATH_BENEATH, rule, 0))
        finally:
            os.close(descriptor)

    def restrict(self) -> None:
        """Keep this process, and all that come from it, to what is allowed, for good.

        It must be single-threaded and have no_new_privs set. Raises OSError.
        """
        _checked(_call(_RESTRICT, self._descriptor, 0))
        os.close(self._descriptor)


def _call(number: int, *arguments: object) -> int:
    given = [ctypes.c_long(each) if isinstance(each, int) else each for each in arguments]
    return int(_LIBC.syscall(ctypes.c_long(number), *given))


def _checked(found: int) -> int:
    if found < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"Landlock: {os.strerror(number)}")
    return found
