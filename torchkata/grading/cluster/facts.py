"""What verdicts rest on, on one machine: where two have the same, they judge alike."""

import platform
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version

from torchkata.grading.protection import Protection
from torchkata.suite.curriculum import Suite, SuiteError
from torchkata.suite.digests import engine_digest, files_digest, libraries

_SHORT = 12
_NAMED = 3
"""How many exercises of another suite are named."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What one machine has.

    `versions` are by the name of what has one. `exercises` has a digest of each one's files, or why
    it can't be judged there. `protection` has its tier, and a sentence for all that it lacks.
    """

    versions: Mapping[str, str]
    exercises: Mapping[str, str]
    protection: tuple[str, ...]


def facts(suite: Suite, keys: Iterable[str], protection: Protection) -> Facts:
    """Those of this machine, on the exercises of these keys."""
    versions = {
        "the engine": engine_digest()[:_SHORT],
        "python": platform.python_version(),
        "distributed": version("distributed"),
        **dict(each.split(" ", 1) for each in libraries()),
    }
    return Facts(
        versions,
        {key: _exercise(suite, key) for key in keys},
        (protection.tier, *protection.unprotected),
    )


def differences(there: Facts, here: Facts) -> Iterator[str]:
    """What another machine has that this one has otherwise, with both values."""
    for name, value in here.versions.items():
        if there.versions.get(name) != value:
            yield f"{name} is {there.versions.get(name) or 'not'} there, {value} here"
    other = [key for key, value in here.exercises.items() if there.exercises.get(key) != value]
    for key in other[:_NAMED]:
        yield f"{key} is {there.exercises.get(key, 'not')} there, {here.exercises[key]} here"
    if len(other) > _NAMED:
        yield f"and {len(other) - _NAMED} more exercises are others"
    if there.protection != here.protection:
        yield f"its protection is {_told(there.protection)} there, {_told(here.protection)} here"


def _exercise(suite: Suite, key: str) -> str:
    try:
        exercise = suite.find(key)
        return exercise.set_aside or files_digest(exercise)[:_SHORT]
    except SuiteError:
        return "not"
    except OSError as error:
        return f"not to be read ({error.strerror})"


def _told(protection: tuple[str, ...]) -> str:
    tier, *lacks = protection
    return tier + (f" without {'; '.join(lacks)}" if lacks else "")
