"""What stands between student code and this machine: the layers that work here."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from torchkata.grading.intake.assignment import Assignment
from torchkata.grading.judging.slot import Place
from torchkata.grading.sandbox import layers as sandbox
from torchkata.suite.cache import answer_keys
from torchkata.suite.curriculum import Suite

_ENGINE = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Protection:
    """The command that makes a sandbox, or nothing, and a sentence for each layer that it lacks."""

    hidden: tuple[Path, ...]
    sandboxed: bool
    lacks: tuple[str, ...]

    def places(self, suite: Suite, assignment: Assignment, workers: int) -> list[Place]:
        """Where `workers` zygotes run, each apart from the others."""
        before: Sequence[str] = sandbox.command([_ENGINE], self.hidden) if self.sandboxed else ()
        return [
            Place(
                tuple(before),
                suite.root,
                assignment.devices,
                sandbox.user_of(number) if self.sandboxed else None,
            )
            for number in range(workers)
        ]


def protection(hidden: Sequence[Path]) -> Protection:
    """Try each layer, and say what there is."""
    layers = sandbox.layers()
    lacks = tuple(
        f"{each.name}: {each.says}" + (f" ({each.remedy})" if each.remedy else "")
        for each in layers
        if not each.works
    )
    sandboxed = any(each.works and each.name == "files" for each in layers)
    return Protection(tuple(hidden), sandboxed, lacks)


def hidden(suite: Suite, *others: Path) -> tuple[Path, ...]:
    """What a student's code must not see, wherever it lies: solutions, answer keys, the others."""
    cache = answer_keys()
    kept: tuple[Path, ...] = ()
    if cache is not None:
        kept = (cache.folder,)
        with suppress(OSError):  # then nothing is kept
            cache.make()  # what does not exist can't be hidden
    return (suite.root, *kept, *others)
