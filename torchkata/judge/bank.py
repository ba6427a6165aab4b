"""The example bank: the inputs that a property is tried on, one seed the same for everybody."""

import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock

from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis.internal.conjecture import providers
from hypothesis.internal.conjecture.engine import ConjectureRunner

from torchkata.properties import Property

SHRINK_STEPS = 300
"""How many inputs a search for the smallest failing one may try."""


class _Failing(Exception):
    """Tells hypothesis that an input still fails."""


class _Enough(BaseException):
    """Leaves the search; not an Exception, so that hypothesis lets it through."""


def draw(prop: Property, kata_seed: int = 0) -> list[dict[str, Any]]:
    """The property's inputs for a seed: up to `prop.examples` of them, on the CPU."""
    drawn: list[dict[str, Any]] = []
    _search(prop, kata_seed, (Phase.generate,), drawn.append)
    return drawn


def shrink(
    prop: Property, fails: Callable[[dict[str, Any]], bool], kata_seed: int = 0
) -> dict[str, Any] | None:
    """A small input for which `fails` is true, found by hypothesis among those that `draw` gives.

    None where none fails any more. Deterministic: the search ends after a count, not a time.
    """
    smallest: dict[str, Any] | None = None
    steps = 0

    def attempt(inputs: dict[str, Any]) -> None:
        nonlocal smallest, steps
        if smallest is not None:
            steps += 1
            if steps > SHRINK_STEPS:
                raise _Enough
        if fails(inputs):
            smallest = inputs
            raise _Failing

    try:
        _search(prop, kata_seed, (Phase.generate, Phase.shrink), attempt)
    except Exception:
        # _Failing, or hypothesis's word that a rerun went otherwise: `smallest` did fail.
        pass
    except _Enough:
        pass
    return smallest


def _search(
    prop: Property,
    kata_seed: int,
    phases: tuple[Phase, ...],
    attempt: Callable[[dict[str, Any]], None],
) -> None:
    @seed(zlib.crc32(f"{prop.function.__module__}:{prop.name}:{kata_seed}".encode()))
    @settings(
        max_examples=prop.examples,
        phases=phases,
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        print_blob=False,
        verbosity=Verbosity.quiet,
        suppress_health_check=list(HealthCheck),
    )
    @given(prop.inputs)
    def search(inputs: dict[str, Any]) -> None:
        attempt(inputs)

    with _evenly():
        search()


@contextmanager
def _evenly() -> Iterator[None]:
    """Let hypothesis draw the same for everybody, and spread what it draws.

    It mixes in constants that it finds in the loaded local modules: a bank must not depend on which
    exercises happen to be loaded, nor on a learner's file. And it repeats parts of what it has
    drawn, so that half of a bank would be near copies of the other half.
    """
    nothing = providers.Constants()  # type: ignore[attr-defined]  # not in its __all__
    with ExitStack() as patches:
        for owner, name, instead in (
            (providers, "_get_local_constants", lambda: nothing),
            (ConjectureRunner, "generate_mutations_from", lambda self, data: None),
        ):
            if hasattr(owner, name):
                patches.enter_context(mock.patch.object(owner, name, instead))
        yield
