"""The example bank: the inputs that a property is tried on, one seed the same for everybody."""

import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from unittest import mock

from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis.internal.conjecture import providers
from hypothesis.internal.conjecture.engine import ConjectureRunner
from hypothesis.strategies import SearchStrategy

from torchkata.properties import Property
from torchkata.strategies import choices

SHRINK_STEPS = 100
"""How many inputs a search for the smallest failing one may try."""


PER_STRATUM = 3
"""How many inputs of each stratum a bank holds: the simplest, and two at random.

They come on top of the property's examples. Fewer only where the stratum hasn't as many.
"""


class _Failing(Exception):
    """Tells hypothesis that an input still fails."""


class _Enough(BaseException):
    """Leaves the search; not an Exception, so that hypothesis lets it through."""


def draw(prop: Property, kata_seed: int = 0) -> list[dict[str, Any]]:
    """The property's inputs for a seed, on the CPU.

    They are up to `prop.examples`, one more for each value that none of these has of an input that
    is sampled from some, and those of strata.
    """
    drawn: list[dict[str, Any]] = []
    for source in _sources(prop):
        if not source.is_met(drawn):
            _search(prop, source, kata_seed, (Phase.generate,), drawn.append)
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

    for source in _sources(prop):
        # Exception: _Failing, or hypothesis's word that a rerun went otherwise; it did fail.
        with suppress(Exception, _Enough):
            _search(prop, source, kata_seed, (Phase.generate, Phase.shrink), attempt)
        if smallest is not None:
            break
    return smallest


@dataclass(frozen=True, slots=True)
class _Source:
    """Where inputs come from: all that the property allows, those with one value, or a stratum.

    `is_met` tells whether what was drawn before has some of them.
    """

    name: str
    inputs: SearchStrategy[dict[str, Any]]
    count: int
    is_met: Callable[[list[dict[str, Any]]], bool] = lambda drawn: False


def _sources(prop: Property) -> Iterator[_Source]:
    yield _Source("", prop.inputs, prop.examples)
    for key, strategy in prop.drawn.items():
        values = choices(strategy)
        if len(values) <= prop.examples:
            yield from (_with_value(prop, key, place, value) for place, value in enumerate(values))
    for name, inputs in prop.strata.items():
        yield _Source(f":{name}", inputs, PER_STRATUM)


def _with_value(prop: Property, key: str, place: int, value: Any) -> _Source:
    return _Source(
        f":{key}:{place}",
        prop.inputs.map(lambda inputs: {**inputs, key: value}),
        1,
        lambda drawn: any(each[key] is value for each in drawn),
    )


def _search(
    prop: Property,
    source: _Source,
    kata_seed: int,
    phases: tuple[Phase, ...],
    attempt: Callable[[dict[str, Any]], None],
) -> None:
    place = f"{prop.function.__module__}:{prop.name}:{kata_seed}{source.name}"

    @seed(zlib.crc32(place.encode()))
    @settings(
        max_examples=source.count,
        phases=phases,
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        print_blob=False,
        verbosity=Verbosity.quiet,
        suppress_health_check=list(HealthCheck),
    )
    @given(source.inputs)
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
