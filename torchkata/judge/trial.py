"""One trial: a property run once on one implementation, and what it saw."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import torch

from torchkata.devices.choice import place
from torchkata.judge.guard import Guard, TorchState, seed_everything
from torchkata.judge.implementation import Implementation
from torchkata.judge.operations import LEAVES_TORCH, Recorder
from torchkata.judge.raising import raised
from torchkata.properties import Property, witnessed
from torchkata.values.observation import (
    Checked,
    InputSeen,
    Observation,
    OpaqueSeen,
    TensorSeen,
    container_seen,
    seen,
    share_memory,
    tensor_seen,
    tensors_in,
)

SMALL, LARGE = 4, 16
"""The two sizes at which the operations of a vectorized property are counted."""

EARLIER = "what an earlier call gave"
"""Stands for an input where memory is shared with the result of an earlier trial."""

Witness = Callable[[Any, Any, Any], Checked]
"""Takes down what a property holds to a reference: the value, the reference, the tolerance."""


def with_reference(actual: Any, reference: Any, tolerance: Any) -> Checked:
    """The witness of trusted code, whose references are those that count."""
    return Checked(seen(actual), seen(reference), tolerance)


def without_reference(actual: Any, reference: Any, tolerance: Any) -> Checked:
    """The witness of a student's process, in which nothing is compared."""
    return Checked(seen(actual))


def observe(
    prop: Property,
    implementation: Implementation,
    inputs: Mapping[str, Any],
    device: str,
    guard: Guard,
    count_operations: bool = False,
    witness: Witness | None = None,
) -> Observation:
    """Run the property once on fresh copies of `inputs`, placed on `device`, and take what it saw.

    Whatever the implementation raises ends up in the observation. Only a real Ctrl-C goes on up.
    Without a `witness` the property compares with its references itself.
    """
    given = place(dict(inputs), device)
    tensors = list(tensors_in(given))
    versions = [tensor._version for _, tensor in tensors]
    arguments = prop.arguments(given, device)
    implementation.calls.clear()
    implementation.hooked.clear()
    implementation.moved.clear()
    seed_everything()
    state = TorchState.now()
    recorder = None
    value: Any = None
    checked: list[Checked] = []

    def run() -> Any:
        if witness is None:
            return prop.function(implementation.view, **arguments)
        with witnessed(lambda *told: checked.append(witness(*told))):
            return prop.function(implementation.view, **arguments)

    try:
        if prop.ban or prop.vectorized or count_operations:
            caller = prop.function.__globals__
            recorder = Recorder(implementation, caller, banned(prop), count_operations)
            with recorder:
                value = guard.call(run, implementation.runs)
        else:
            value = guard.call(run, implementation.runs)
        left = TorchState.now().changes(state)
        outcome = seen(value)
    except BaseException as error:
        if guard.is_interrupt(error):
            raise
        left = TorchState.now().changes(state)
        outcome = raised(error, prop, implementation)
    if left:
        state.restore()
    return Observation(
        outcome=outcome,
        inputs=container_seen("dict", given.keys(), given.values()),
        tensors=_afterwards(tensors, versions, inputs),
        left_changed=left,
        sharing=(
            *(_sharing(value, tensors) if prop.aliasing else ()),
            *_kept(value, tensors, implementation),
        ),
        banned=tuple(recorder.banned.items()) if recorder else (),
        count=recorder.count if recorder else 0,
        calls=tuple(implementation.calls),
        checked=tuple(checked),
        hooked=tuple(implementation.hooked),
        moved=tuple(implementation.moved),
    )


def replayed(
    prop: Property,
    implementation: Implementation,
    given: dict[str, Any],
    device: str,
    guard: Guard,
) -> BaseException | None:
    """Run the property once more, for who listens to the calls; the exception that ended it.

    `given` are inputs on the device, which the run may change. Only a real Ctrl-C goes on up.
    """
    arguments = prop.arguments(given, device)
    state = TorchState.now()
    seed_everything()
    try:
        guard.call(lambda: prop.function(implementation.view, **arguments), implementation.runs)
    except BaseException as error:  # an exit or the time limit is what a run comes to as well
        if guard.is_interrupt(error):
            raise
        return error
    finally:
        state.restore()
    return None


def banned(prop: Property) -> tuple[Any, ...]:
    """The operations that an implementation must do without."""
    return (*prop.ban, *LEAVES_TORCH) if prop.vectorized else prop.ban


def operation_counts(
    prop: Property, implementation: Implementation, device: str, guard: Guard
) -> tuple[int, int]:
    """The operations that the implementation calls at the small and at the large size."""
    few, many = (each for _, each in counted(prop, implementation, device, guard))
    return few.count, many.count


def counted(
    prop: Property, implementation: Implementation, device: str, guard: Guard
) -> list[tuple[dict[str, Any], Observation]]:
    """The inputs of the small and of the large size, and what the implementation does with them."""
    assert prop.vectorized is not None
    sized = [prop.vectorized(size) for size in (SMALL, LARGE)]
    return [
        (each, observe(prop, implementation, each, device, guard, count_operations=True))
        for each in sized
    ]


def _afterwards(
    tensors: Sequence[tuple[str, torch.Tensor]], versions: Sequence[int], before: Mapping[str, Any]
) -> tuple[InputSeen, ...]:
    # Where there are no elements, nobody can tell a write from none.
    written = [
        tensor._version != version and tensor.numel() > 0
        for (_, tensor), version in zip(tensors, versions, strict=True)
    ]
    originals = [tensor for _, tensor in tensors_in(dict(before))] if any(written) else []
    return tuple(
        InputSeen(
            path,
            _grad_seen(tensor),
            is_written,
            is_written and not torch.equal(tensor.detach().cpu(), originals[place]),
        )
        for place, ((path, tensor), is_written) in enumerate(zip(tensors, written, strict=True))
    )


def _grad_seen(tensor: torch.Tensor) -> TensorSeen | OpaqueSeen | None:
    if not tensor.is_leaf or tensor.grad is None:
        return None
    return tensor_seen(tensor.grad)


def _sharing(
    value: Any, inputs: Sequence[tuple[str, torch.Tensor]]
) -> Iterator[tuple[str, str, str]]:
    """What of the result is which input, or shares memory with it; no memory, nothing to share."""
    for path, tensor in tensors_in(value, "result"):
        for name, given in inputs:
            if tensor.numel() == 0 or given.numel() == 0 or not share_memory(tensor, given):
                continue
            yield path, name, "is" if tensor is given else "shares memory with"


def _kept(
    value: Any, inputs: Sequence[tuple[str, torch.Tensor]], implementation: Implementation
) -> Iterator[tuple[str, str, str]]:
    """Which parts of a result lie in memory that an earlier trial's result lies in.

    The inputs are new in each trial, so that the implementation must have kept it.
    """
    own = {tensor.untyped_storage().data_ptr() for _, tensor in inputs}
    kept = {place for place, _ in implementation.earlier} - own - {0}
    found = [
        (path, tensor)
        for path, tensor in tensors_in(value, "result")
        if type(tensor) in (torch.Tensor, torch.nn.Parameter)
        and tensor.layout is torch.strided
        and not tensor.is_meta
    ]
    for path, tensor in found:
        place = tensor.untyped_storage().data_ptr()
        if place in kept:
            yield path, EARLIER, "shares memory with"
        implementation.earlier.append((place, tensor.detach()))
