"""What stands between student code and this machine: the best that works here.

That is namespaces, or where these are refused, users of their own; or else nothing.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from torchkata.grading.grades import Tier
from torchkata.grading.intake.assignment import Assignment
from torchkata.grading.judging.slot import Place
from torchkata.grading.sandbox import layers as sandbox
from torchkata.grading.sandbox import users
from torchkata.grading.sandbox.layers import Layer
from torchkata.suite.cache import answer_keys
from torchkata.suite.curriculum import Suite

_ENGINE = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Protection:
    """What there is: `open` has a sentence for each layer that is missing where it must not be.

    `lacks` has one for all that is weaker than it would be by namespaces, and `why` says why there
    are none.
    """

    hidden: tuple[Path, ...]
    tier: Tier
    open: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    why: str = ""

    @property
    def unprotected(self) -> tuple[str, ...]:
        """All that is to be known of how student code is not kept from this machine."""
        return (*self.open, *self.lacks)

    def places(self, suite: Suite, assignment: Assignment, workers: int) -> list[Place]:
        """Where `workers` zygotes run, each apart from the others.

        Each begins elsewhere to get ready: the answer key that one judge makes is there for all.
        """
        before: Sequence[str] = ()
        user = _nobody
        if self.tier == "namespaces":
            cuda = "cuda" in assignment.devices
            before, user = sandbox.command([_ENGINE], self.hidden, cuda), sandbox.user_of
        elif self.tier == "users":
            user = sandbox.user_alone
        command, private = tuple(before), self.tier == "users"
        return [
            Place(command, suite.root, assignment.devices, user(number), private, number / workers)
            for number in range(workers)
        ]


def protection(hidden: Sequence[Path]) -> Protection:
    """Try each layer, and say what there is."""
    layers = sandbox.layers()
    if any(each.works and each.name == "files" for each in layers):
        return Protection(tuple(hidden), "namespaces", _told(layers))
    closed = users.to_close(hidden, _ENGINE)
    of_users = users.layers(closed)
    if all(each.works for each in of_users):
        why = "; ".join(_told(layers))
        return Protection(tuple(hidden), "users", lacks=users.lacks(), why=why)
    return Protection(tuple(hidden), "none", (*_told(layers), *_told(of_users)))


def _told(layers: Sequence[Layer]) -> tuple[str, ...]:
    return tuple(
        f"{each.name}: {each.says}" + (f" ({each.remedy})" if each.remedy else "")
        for each in layers
        if not each.works
    )


def _nobody(slot: int) -> int | None:
    return None


def hidden(suite: Suite, *others: Path) -> tuple[Path, ...]:
    """What a student's code must not see, wherever it lies: solutions, answer keys, the others."""
    cache = answer_keys()
    kept: tuple[Path, ...] = ()
    if cache is not None:
        kept = (cache.folder,)
        with suppress(OSError):  # then nothing is kept
            cache.make()  # what does not exist can't be hidden
    return (suite.root, *kept, *others)
