"""The files that grading writes: put in place whole or not at all, named after students safely."""

import hashlib
import io
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO

_LONGEST = 80
_NOT_SAFE = re.compile(r"[^A-Za-z0-9._@+-]+")
_SAFE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._@+-]*")
# Windows opens a device where a file is named so, whatever its suffix.
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_HAS_DIGEST = re.compile(r".*-[0-9a-f]{20}", re.DOTALL)


def file_name(student_id: str) -> str:
    """A name for the file of a student, without a suffix: the id, where that is a safe name.

    Otherwise it is what is safe of the id, with a digest of the whole, so that no two students
    share a name.
    """
    safe = _SAFE.fullmatch(student_id) and not _DEVICE.fullmatch(student_id)
    if safe and len(student_id) <= _LONGEST and not _HAS_DIGEST.fullmatch(student_id):
        return student_id
    digest = hashlib.sha256(student_id.encode(errors="surrogatepass")).hexdigest()[:20]
    stem = _NOT_SAFE.sub("_", student_id).lstrip(".@+-")[:_LONGEST]
    return f"{stem or 'student'}-{digest}"


@contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """A file to write UTF-8 to, which takes the place of `path` when all is written.

    Only its owner can read it. Where something is raised, `path` stays as it was. Raises OSError.
    """
    with (
        replacing_bytes(path) as raw,
        # A title or reason that has no UTF-8 must not cost the class its file.
        io.TextIOWrapper(raw, encoding="utf-8", errors="backslashreplace", newline="") as file,
    ):
        yield file


@contextmanager
def replacing_bytes(path: Path) -> Iterator[BinaryIO]:
    """As `replacing`, for a file of bytes."""
    if not path.parent.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".kata-")
    try:
        with open(handle, "wb") as file:
            yield file
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
