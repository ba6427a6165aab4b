"""Observations whole, in plain structures, and back."""

from typing import Any, TypeAlias

import msgspec

from torchkata.values import observation as seen
from torchkata.values.observation import Checked, InputSeen, Observation
from torchkata.values.packing import packed, packed_raised, unpacked, unpacked_raised
from torchkata.values.plain import Raised, Value

Tolerance: TypeAlias = tuple[int | float, int | float] | None
Triple: TypeAlias = tuple[Value, Value, Tolerance]


class Seen(msgspec.Struct, array_like=True):
    """All of an observation. `reference` is that of an exception."""

    outcome: Value | Raised
    reference: Triple | None
    names: list[Value]
    inputs: list[Value]
    tensors: list[tuple[str, Value, bool, bool]]
    left_changed: list[str]
    sharing: list[tuple[str, str, str]]
    banned: list[tuple[str, int]]
    count: int
    calls: list[tuple[str, str]]
    checked: list[Triple]
    hooked: list[str]
    moved: list[str]


def packed_observation(found: Observation) -> Seen:
    """An observation in plain structures. Texts may be cut: who keeps it compares."""
    outcome = found.outcome
    raised = isinstance(outcome, seen.Raised)
    return Seen(
        packed_raised(outcome) if raised else packed(outcome),
        _packed_triple(*outcome.reference) if raised and outcome.reference else None,
        [packed(each) for each in found.inputs.keys],
        [packed(each) for each in found.inputs.items],
        [(each.path, packed(each.grad), each.written, each.changed) for each in found.tensors],
        list(found.left_changed),
        list(found.sharing),
        list(found.banned),
        found.count,
        list(found.calls),
        [_packed_triple(each.actual, each.reference, each.tolerance) for each in found.checked],
        list(found.hooked),
        list(found.moved),
    )


def unpacked_observation(found: Seen) -> Observation:
    """The observation that was packed. Raises Malformed."""
    outcome: Any = found.outcome
    if isinstance(outcome, Raised):
        raised = unpacked_raised(outcome)
        reference = _unpacked_triple(found.reference) if found.reference else None
        outcome = seen.Raised(raised.cause, raised.kinds, raised.message, raised.lines, reference)
    else:
        outcome = unpacked(outcome)
    return Observation(
        outcome,
        seen.ContainerSeen("dict", _all(found.names), _all(found.inputs)),
        tuple(InputSeen(path, unpacked(grad), *told) for path, grad, *told in found.tensors),
        tuple(found.left_changed),
        tuple(found.sharing),
        tuple(found.banned),
        found.count,
        tuple(found.calls),
        tuple(Checked(*_unpacked_triple(each)) for each in found.checked),
        tuple(found.hooked),
        tuple(found.moved),
    )


def _packed_triple(actual: Any, reference: Any, tolerance: Tolerance) -> Triple:
    return packed(actual), packed(reference), tolerance


def _unpacked_triple(triple: Triple) -> tuple[Any, Any, Any]:
    actual, reference, tolerance = triple
    return unpacked(actual), unpacked(reference), tolerance


def _all(values: list[Value]) -> tuple[Any, ...]:
    return tuple(unpacked(each) for each in values)
