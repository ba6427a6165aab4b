"""The inputs and torch's settings as a call leaves them."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from torchkata.values.difference import Difference, Stage, Tolerance
from torchkata.values.observation import Observation, TensorSeen
from torchkata.values.pairs import compare_values, pair_up


def compare_afterwards(
    expected: Observation, actual: Observation, tolerance: Tolerance | None
) -> Difference | None:
    """How the inputs, or torch's own settings, differ after the call."""
    for compared in (_input_values, _input_flags, _left_changed):
        difference = compared(expected, actual, tolerance)
        if difference is not None:
            return difference
    return None


def _input_values(
    expected: Observation, actual: Observation, tolerance: Tolerance | None
) -> Difference | None:
    for name, want, got in zip(
        expected.inputs.keys, expected.inputs.items, actual.inputs.items, strict=True
    ):
        difference = compare_values(want, got, tolerance, where=str(name))
        if difference is not None:
            return _not_as_it_must_be(difference)
    return None


def _not_as_it_must_be(difference: Difference) -> Difference:
    sentence = f"{difference.where} is not what it must be after the call"
    return replace(difference, stage=Stage.AFTERWARDS, sentence=sentence)


def _input_flags(
    expected: Observation, actual: Observation, tolerance: Tolerance | None
) -> Difference | None:
    for want, got in zip(expected.tensors, actual.tensors, strict=True):
        if want.grad is None and got.grad is not None:
            sentence = f"{want.path}.grad was written; the call must leave it alone"
            return Difference(Stage.AFTERWARDS, f"{want.path}.grad", sentence, None, got.grad)
        if want.grad is not None and got.grad is None:
            sentence = f"{want.path}.grad must be set after the call; it is None"
            return Difference(Stage.AFTERWARDS, f"{want.path}.grad", sentence, want.grad, None)
        difference = compare_values(want.grad, got.grad, tolerance, where=f"{want.path}.grad")
        if difference is not None:
            return _not_as_it_must_be(difference)
        if want.written != got.written:
            sentence = (
                f"{want.path} must be changed in place"
                if want.written
                else f"{want.path} was written to; the call must leave it alone"
            )
            return Difference(Stage.AFTERWARDS, want.path, sentence)
    for name, want_input, got_input in zip(
        expected.inputs.keys, expected.inputs.items, actual.inputs.items, strict=True
    ):
        for path, want_grad, got_grad in _flags(str(name), want_input, got_input):
            if want_grad != got_grad:
                sentence = (
                    f"{path}.requires_grad must be {want_grad} after the call; it is {got_grad}"
                )
                return Difference(Stage.AFTERWARDS, path, sentence)
    return None


def _flags(path: str, want: Any, got: Any) -> Iterator[tuple[str, bool, bool]]:
    pairs: list[tuple[str, Any, Any]] = []
    pair_up(path, want, got, pairs)
    for where, one, other in pairs:
        if isinstance(one, TensorSeen):
            yield where, one.requires_grad, other.requires_grad


def _left_changed(
    expected: Observation, actual: Observation, tolerance: Tolerance | None
) -> Difference | None:
    if expected.left_changed == actual.left_changed:
        return None
    sentence = "; ".join(actual.left_changed or expected.left_changed)
    return Difference(Stage.AFTERWARDS, "torch", f"the call leaves torch changed: {sentence}")
