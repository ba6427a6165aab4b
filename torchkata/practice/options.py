"""The options that torchkata adds to pytest. Imports nothing heavy: every start reads them."""

import os
from pathlib import Path

import pytest

from torchkata.suite.settings import DEFAULT_LIMIT

CRASH_FD = pytest.StashKey[int]()
"""A copy of the real stderr, which pytest captures."""


def add_options(parser: pytest.Parser) -> None:
    group = parser.getgroup("torchkata", "katas")
    group.addoption(
        "--device",
        dest="kata_devices",
        metavar="NAMES",
        help="devices to judge on, comma-separated: cpu, sim, cuda (default: all that there are)",
    )
    group.addoption(
        "--kata-seed",
        type=int,
        default=0,
        metavar="N",
        help="draw other inputs: the same N gives the same inputs (default: 0)",
    )
    group.addoption(
        "--kata-timeout",
        type=_seconds,
        default=DEFAULT_LIMIT,
        metavar="SECONDS",
        help=f"how long your code may take for one property (default: {DEFAULT_LIMIT:g})",
    )
    group.addoption(
        "--kata-json",
        type=Path,
        metavar="FILE",
        help="write the verdicts as JSON; torchkata/telling/verdict_schema.json describes it",
    )
    group.addoption(
        "--submission",
        dest="kata_submission",
        type=_absolute,
        metavar="DIR",
        help="judge the files of the submission in DIR in place of those in exercises/, without a "
        "sandbox and without keeping progress. DIR holds exercises/TOPIC/NAME.py, TOPIC/NAME.py or "
        "NAME.py, at most one folder deeper; an archive must be unpacked first. Example: pytest "
        "exercises/autograd --submission=DIR",
    )


def keep_crash_descriptor(config: pytest.Config) -> None:
    """Keep the real stderr for the last words of a process: pytest captures the other one."""
    try:
        config.stash[CRASH_FD] = os.dup(2)
    except OSError:
        return
    config.add_cleanup(lambda: os.close(config.stash[CRASH_FD]))


def _absolute(text: str) -> str:
    """A path as it is from everywhere: the workers of pytest-xdist may stand elsewhere."""
    return os.path.abspath(text)


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds < float("inf"):
        raise ValueError(f"{text} is not a number of seconds above 0")
    return seconds
