"""How an export came out."""

from dataclasses import dataclass
from pathlib import Path


class ExportError(Exception):
    """The export can't be made; the message says why and what to do. No file was changed by it."""


@dataclass(frozen=True, slots=True)
class Exported:
    """The files written, and remarks: a sentence each on who is left out and what to see to."""

    files: tuple[Path, ...]
    remarks: tuple[str, ...] = ()
