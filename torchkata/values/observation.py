"""What a property saw, as plain data: values, exceptions, and the inputs afterwards."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import torch

LARGEST = 1_000_000
"""Elements of the largest tensor that is observed by value, sides of 0 counted as 1."""

DEEPEST = 30
"""How deep containers may be within each other that are observed by value."""

LARGEST_INT = 14_000
"""Bits of the largest int that is observed by value: Python writes no more than 4,300 digits."""

LARGEST_NAME = 1_000
"""Characters of the longest name of a type."""

ARRAYS = frozenset("?bhilqpBHILQPefdgFDGSUmM")
"""Types of arrays that are observed by value, as numpy's characters: not records, not objects."""

COMPARED = frozenset(
    {
        *(torch.bool, torch.uint8, torch.uint16, torch.uint32, torch.uint64),
        *(torch.int8, torch.int16, torch.int32, torch.int64),
        *(torch.float16, torch.bfloat16, torch.float32, torch.float64),
        *(torch.complex64, torch.complex128),
    }
)
"""Dtypes of tensors that are observed by value: torch compares no others."""


@dataclass(frozen=True, slots=True)
class TensorSeen:
    """A tensor as it was: its values on the CPU, detached, and what else is compared."""

    values: torch.Tensor
    dtype: torch.dtype
    shape: tuple[int, ...]
    device: str
    requires_grad: bool


@dataclass(frozen=True, slots=True)
class ArraySeen:
    """A numpy array as it was."""

    values: np.ndarray[Any, Any]
    dtype: str
    shape: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ContainerSeen:
    """A list, tuple, set or dict: its kind, its keys or positions, and its items."""

    kind: Literal["list", "tuple", "set", "dict"]
    keys: tuple[Any, ...]
    items: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class OpaqueSeen:
    """Something that is not plain data, known by its type alone."""

    type_name: str


@dataclass(frozen=True, slots=True)
class LineSeen:
    """A line of the implementation that an exception passed through."""

    number: int
    function: str
    text: str
    shapes: tuple[str, ...]


Cause = Literal["exception", "invariant", "contract", "unusable", "time"]


@dataclass(frozen=True, slots=True)
class Raised:
    """An exception in place of a value.

    `cause` tells whose it is: the implementation's own (`exception`), a sentence that the property
    asserts (`invariant`), a missing or different signature (`contract`), the property's failure to
    use what it was given (`unusable`), or the time limit (`time`). `kinds` are the names of the
    exception's class and its bases. `reference` is what a reference gave, what came instead, and
    the tolerance (relative, absolute) that was asked for.
    """

    cause: Cause
    kinds: tuple[str, ...]
    message: str
    lines: tuple[LineSeen, ...] = ()
    reference: tuple[Any, Any, tuple[float, float] | None] | None = None


@dataclass(frozen=True, slots=True)
class InputSeen:
    """A tensor among the inputs, after the run.

    `written` is whether autograd has seen a write to it, `changed` whether one made a difference.
    """

    path: str
    grad: TensorSeen | OpaqueSeen | None
    written: bool
    changed: bool = True


@dataclass(frozen=True, slots=True)
class Checked:
    """What a property held to an independent reference, where that is for the judge to compare.

    `tolerance` (relative, absolute) is the one that was asked for.
    """

    actual: Any
    reference: Any = None
    tolerance: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Observation:
    """One run of a property: what came back, the inputs afterwards, and what else was asked for.

    `sharing` holds (path in the result, input, relation); `banned` holds (operation, line);
    `count` counts aten operations; `calls` holds (function, type of what it returned); `hooked`
    names the arguments on which a call has left a hook, `moved` those that it has given another
    shape, other strides or other memory.
    """

    outcome: Any
    inputs: ContainerSeen
    tensors: tuple[InputSeen, ...]
    left_changed: tuple[str, ...]
    sharing: tuple[tuple[str, str, str], ...] = ()
    banned: tuple[tuple[str, int], ...] = ()
    count: int = 0
    calls: tuple[tuple[str, Any], ...] = ()
    checked: tuple[Checked, ...] = ()
    hooked: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()


def seen(value: Any, depth: int = 0) -> Any:
    """Plain data for `value`: numbers, strings and None as they are, the rest as `…Seen`.

    Only base-class methods are asked, so that a subclass can't answer for itself. What is larger or
    deeper than can be compared and shown is known by its type alone.
    """
    kind = type(value)
    if kind is int and value.bit_length() > LARGEST_INT:
        return OpaqueSeen(f"int of {value.bit_length():,} bits")
    if kind in _PLAIN:
        return value
    if issubclass(kind, torch.Tensor):
        return tensor_seen(value)
    if issubclass(kind, np.ndarray):
        return _array_seen(value)
    if kind is torch.device:
        return str(value)
    if depth < DEEPEST:
        if issubclass(kind, list):
            return container_seen("list", None, list.__iter__(value), depth)
        if issubclass(kind, tuple):
            return container_seen("tuple", None, tuple.__iter__(value), depth)
        if issubclass(kind, dict):
            keys = (_key_seen(each, depth) for each in dict.keys(value))
            return container_seen("dict", keys, dict.values(value), depth)
        if issubclass(kind, set | frozenset):
            base = set if issubclass(kind, set) else frozenset
            return container_seen("set", None, sorted(base.__iter__(value), key=_order), depth)
    return OpaqueSeen(kind.__name__[:LARGEST_NAME])


_PLAIN = (bool, int, float, complex, str, bytes, type(None), torch.dtype)


def _key_seen(key: Any, depth: int) -> Any:
    """A key of a dict: only what is compared by `==` at once is seen by value."""
    if type(key) in _PLAIN:
        return seen(key)
    if type(key) is tuple and depth < DEEPEST:
        keys = tuple(_key_seen(each, depth + 1) for each in key)
        return ContainerSeen("tuple", tuple(range(len(keys))), keys)
    return OpaqueSeen(type(key).__name__[:LARGEST_NAME])


def _order(item: Any) -> tuple[str, str]:
    """What the items of a set are ordered by. Their own `repr` could raise, or not end."""
    kind = type(item)
    shown = ""
    if kind is tuple:
        shown = str(tuple(map(_order, item)))
    elif kind is frozenset:
        shown = str(sorted(map(_order, item)))
    elif kind in _PLAIN and not isinstance(seen(item), OpaqueSeen):
        shown = repr(item)
    return kind.__name__, shown


def placed(value: Any, device: str) -> Any:
    """A value as seen, with its tensors on another device."""
    match value:
        case TensorSeen():
            return replace(value, device=device)
        case ContainerSeen(items=items):
            return replace(value, items=tuple(placed(each, device) for each in items))
    return value


def share_memory(one: torch.Tensor, other: torch.Tensor) -> bool:
    """Whether two tensors lie in one storage; those without memory of their own share none."""
    if any(each.layout is not torch.strided or each.is_meta for each in (one, other)):
        return False
    return one.untyped_storage().data_ptr() == other.untyped_storage().data_ptr() != 0


def place_in_memory(tensor: torch.Tensor) -> tuple[Any, ...]:
    """What tells whether a tensor still is what it was, but for its values: where it lies, and how.

    Empty where a tensor has no strides, or no memory, as within vmap. Where there are no elements,
    nobody can tell where they lie.
    """
    with torch._C.DisableTorchFunction():
        if tensor.layout is not torch.strided or tensor.is_meta:
            return ()
        if not tensor.numel():
            return (tensor.size(),)
        try:
            storage = tensor.untyped_storage()
            return storage.data_ptr(), tensor.storage_offset(), tensor.size(), tensor.stride()
        except RuntimeError:
            return ()


def tensors_in(data: Any, path: str = "") -> Iterator[tuple[str, torch.Tensor]]:
    """The tensors in plain data, each with the path to it as a learner would write it."""
    match data:
        case torch.Tensor():
            yield path, data
        case list() | tuple():
            for position, each in enumerate(data):
                yield from tensors_in(each, f"{path}[{position}]")
        case dict():
            for key, each in data.items():
                yield from tensors_in(each, f"{path}[{key!r}]" if path else str(key))


def container_seen(kind: Any, keys: Any, items: Any, depth: int = 0) -> ContainerSeen:
    """A container's items as seen; its positions are the keys where `keys` is None."""
    parts = tuple(seen(each, depth + 1) for each in items)
    return ContainerSeen(kind, tuple(range(len(parts)) if keys is None else keys), parts)


def tensor_seen(tensor: torch.Tensor) -> TensorSeen | OpaqueSeen:
    """A tensor as seen; opaque where its class could lie, or where its values can't be taken."""
    # Modes too: a recorder would look at each attribute that is asked for here.
    with torch._C.DisableTorchFunction():
        if type(tensor).__torch_dispatch__ is not torch.Tensor.__torch_dispatch__:
            return OpaqueSeen(type(tensor).__name__)
        plain: Any = torch.Tensor
        layout, shape = plain.layout.__get__(tensor), tuple(plain.size(tensor))
        if layout is not torch.strided:
            return OpaqueSeen(f"{layout} tensor of shape {shape}")
        # As a plain tensor: a subclass may have methods and attributes of its own.
        tensor = plain.as_subclass(tensor, plain)
        dtype = tensor.dtype
        if dtype not in COMPARED:
            return OpaqueSeen(f"{dtype} tensor of shape {shape}")
        if extent(shape) > LARGEST:
            return OpaqueSeen(f"{layout} tensor of shape {shape}")
        if tensor.is_cpu:
            device, values = "cpu", tensor.detach().clone()
        elif tensor.is_meta:
            return OpaqueSeen(f"meta tensor of shape {shape}")
        else:
            values = tensor.detach().cpu().resolve_conj().resolve_neg()
            device = str(tensor.device)
        return TensorSeen(values, dtype, shape, device, tensor.requires_grad)


def extent(shape: Sequence[int]) -> int:
    """Steps to walk through a tensor of a shape: one without elements may have long sides."""
    return math.prod(shape) or math.prod(max(side, 1) for side in shape)


def _array_seen(array: np.ndarray[Any, Any]) -> ArraySeen | OpaqueSeen:
    array = np.ndarray.view(array, np.ndarray)
    dtype = array.dtype
    if extent(array.shape) > LARGEST or dtype.char not in ARRAYS or not dtype.itemsize:
        return OpaqueSeen(f"array of {array.dtype} with shape {array.shape}")
    return ArraySeen(np.array(array, copy=True, subok=False), str(array.dtype), array.shape)
