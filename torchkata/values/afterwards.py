"""The inputs and torch's settings as a call leaves them."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from torchkata.values.difference import Difference, Stage, Tolerance
from torchkata.values.observation import ContainerSeen, Observation, TensorSeen
from torchkata.values.pairs import compare_values, pair_up

_WRITTEN = "{0} was written to; the call must leave it alone"
_HIDDEN = (
    "{0} holds the right values, but {0}._version is as before: nothing was written to {0}, or "
    "autograd can't see the write, as one through .data or numpy"
)
_HOOKED = "the call leaves a hook on {0}, which takes part in later gradients too"
_MOVED = (
    "the call gives {0} another shape, other strides or other memory, as {0}.data = … does; it "
    "must leave {0} as it is"
)


def spoiled_input(
    before: ContainerSeen, expected: Observation, actual: Observation
) -> Difference | None:
    """How the call has changed a tensor that must stay as it was `before`; None where it hasn't.

    What follows such a change in the property, a reference above all, was computed from it.
    """
    unharmed = {each.path for each in expected.tensors if not each.written}
    for name, was, want, got in zip(
        before.keys, before.items, expected.inputs.items, actual.inputs.items, strict=True
    ):
        paths = [path for path in unharmed if _begins(path, str(name))]
        if not paths or compare_values(was, want, (0.0, 0.0)) is not None:
            continue  # the right answer changes it too, unseen by autograd
        difference = compare_values(was, got, (0.0, 0.0), where=str(name))
        if difference is None or difference.where not in unharmed:
            continue
        return replace(_intrusion(difference), tolerance=None)
    return None


def _intrusion(difference: Difference) -> Difference:
    """That a call has changed what it must leave alone, told by how that differs."""
    sentence = _WRITTEN.format(difference.where)
    if difference.stage is Stage.SHAPE:
        shapes = f"its shape was {difference.expected.shape}, and is {difference.actual.shape}"
        sentence = f"{difference.where} was changed: {shapes}; the call must leave it alone"
    return replace(difference, stage=Stage.AFTERWARDS, sentence=sentence)


def compare_afterwards(
    expected: Observation, actual: Observation, tolerance: Tolerance | None
) -> Difference | None:
    """How the inputs, or torch's own settings, differ after the call."""
    for compared in (_input_values, _input_flags, _arguments, _left_changed):
        difference = compared(expected, actual, tolerance)
        if difference is not None:
            return difference
    return None


def _input_values(
    expected: Observation, actual: Observation, tolerance: Tolerance | None
) -> Difference | None:
    intruded = {
        got.path
        for want, got in zip(expected.tensors, actual.tensors, strict=True)
        if got.written and not want.written
    }
    for name, want, got in zip(
        expected.inputs.keys, expected.inputs.items, actual.inputs.items, strict=True
    ):
        difference = compare_values(want, got, tolerance, where=str(name))
        if difference is not None:
            if difference.where in intruded:
                return _intrusion(difference)
            return _not_as_it_must_be(difference)
    return None


def _not_as_it_must_be(difference: Difference) -> Difference:
    sentence = f"{difference.where} is not what it must be after the call"
    return replace(difference, stage=Stage.AFTERWARDS, sentence=sentence)


def _begins(path: str, name: str) -> bool:
    return path == name or path.startswith(f"{name}[")


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
        # Where a write makes no difference, there need be none: a loop over no rows writes nothing.
        if want.written != got.written and not (want.written and not want.changed):
            sentence = _HIDDEN.format(want.path) if want.written else _WRITTEN.format(want.path)
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


def _arguments(
    expected: Observation, actual: Observation, tolerance: Tolerance | None
) -> Difference | None:
    """Where the right answer leaves a hook, others may do without, or hook something else.

    So it is with an argument that the right answer moves.
    """
    for want, got, sentence in (
        (expected.hooked, actual.hooked, _HOOKED),
        (expected.moved, actual.moved, _MOVED),
    ):
        if got and not want:
            return Difference(Stage.AFTERWARDS, got[0], sentence.format(got[0]))
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
