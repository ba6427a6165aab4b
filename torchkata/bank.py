"""The example bank: the inputs that a property is tried on, one seed the same for everybody."""

import zlib
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis.internal.conjecture import providers

from torchkata.properties import Property

SHRINK_STEPS = 300
"""How many inputs a search for the smallest failing one may try."""

# Hypothesis mixes constants found in the loaded local modules into what it draws. A bank must not
# depend on which exercises happen to be loaded, nor on a learner's file.
_no_constants = providers.Constants()  # type: ignore[attr-defined]  # not in its __all__
providers._get_local_constants = lambda: _no_constants


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

    search()
