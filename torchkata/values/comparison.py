"""Staged comparison of what was expected with what was seen: the first stage that differs."""

from typing import Any

from torchkata.values.afterwards import compare_afterwards
from torchkata.values.difference import Difference, Stage, Tolerance
from torchkata.values.observation import Observation, Raised, TensorSeen
from torchkata.values.operations import compare_operations
from torchkata.values.pairs import compare_values, pair_up
from torchkata.values.raising import compare_raised
from torchkata.values.sharing import compare_sharing


def compare(
    expected: Observation, actual: Observation, tolerance: Tolerance | None = None
) -> Difference | None:
    """How `actual` differs from `expected`; None where it doesn't.

    There is no broadcasting, NaN equals NaN, and 0.0 equals -0.0. Without `tolerance`, that of the
    expected dtype holds.
    """
    return (
        compare_checked(expected, actual)
        or _compare_outcomes(expected, actual, tolerance)
        or compare_afterwards(expected, actual, tolerance)
        or compare_sharing(expected, actual)
        or compare_operations(expected, actual)
        or _compare_completeness(expected, actual)
    )


def compare_checked(expected: Observation, actual: Observation) -> Difference | None:
    """How the first value that is not what its reference is differs, of those that were reached."""
    for want, got in zip(expected.checked, actual.checked, strict=False):
        difference = compare_values(want.reference, got.actual, want.tolerance)
        if difference is not None:
            return difference
    return None


def _compare_completeness(expected: Observation, actual: Observation) -> Difference | None:
    want, got = len(expected.checked), len(actual.checked)
    if want == got:
        return None
    sentence = f"{want} values to hold to a reference expected, {got} came back"
    return Difference(Stage.RAN, "result", sentence)


def _compare_outcomes(
    wanted: Observation, given: Observation, tolerance: Tolerance | None
) -> Difference | None:
    expected, actual = wanted.outcome, given.outcome
    if isinstance(actual, Raised):
        return compare_raised(expected, actual, wanted, given)
    if isinstance(expected, Raised):
        sentence = f"{expected.kinds[0]} expected; nothing was raised"
        return Difference(Stage.RAN, "result", sentence, expected, actual)
    difference = compare_values(expected, actual, tolerance)
    if difference is not None:
        return difference
    pairs: list[tuple[str, Any, Any]] = []
    pair_up("result", expected, actual, pairs)
    for path, want, got in pairs:
        difference = _requires_grad(path, want, got)
        if difference is not None:
            return difference
    return None


def _requires_grad(path: str, want: Any, got: Any) -> Difference | None:
    if not isinstance(want, TensorSeen) or want.requires_grad == got.requires_grad:
        return None
    sentence = (
        "it must be part of the autograd graph; yours does not require grad"
        if want.requires_grad
        else "it must not require grad; yours does"
    )
    return Difference(Stage.GRADIENT, path, sentence)
