"""How a run judges. Imports nothing heavy: pytest reads it to list its options."""

from dataclasses import dataclass

DEFAULT_LIMIT = 20.0
"""Seconds of the processor that a learner's code may take for one property on one device."""

WATCH_LIMIT = 5.0
"""The same while somebody waits for each save's verdict."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The seed of the inputs, seconds for a property, and where prints go.

    `crash_fd` is a file descriptor for the last words of a process that has to be ended.
    """

    seed: int = 0
    limit: float = DEFAULT_LIMIT
    show_prints: bool = False
    crash_fd: int | None = None
