"""Observations and inputs as the wire has them, and back.

An observation comes from a hostile process: it is decoded with care, and only where its bytes are
not those that the solution gave. Inputs come from the judge, and keep the way they lie in memory.
"""

import math
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import msgspec
import numpy as np
import torch

from torchkata.grading.judging.wire import (
    LARGEST_SAID,
    LARGEST_TEXT,
    Array,
    Bytes,
    Complex,
    Container,
    Dtype,
    Given,
    GivenArray,
    GivenDtype,
    GivenItems,
    GivenTensor,
    Integer,
    Line,
    Malformed,
    Opaque,
    Raised,
    Seen,
    Tensor,
    Text,
    Value,
    check,
    clean,
    cut,
    decoded,
    encode,
)
from torchkata.values import observation as seen
from torchkata.values.observation import Checked, Observation
from torchkata.values.wording import type_name

_DEEPEST = 40

_decoder = msgspec.msgpack.Decoder(Seen)

_DTYPES = {
    str(dtype).removeprefix("torch."): dtype
    for dtype in vars(torch).values()
    if isinstance(dtype, torch.dtype)
}
_NAME_OF_DTYPE = re.compile(r"[<>|=]?[A-Za-z]\w{0,20}(?:\[\w{1,20}\])?", re.ASCII)
_NUMPY = seen.COMPARED - {torch.bfloat16}
"""Dtypes that numpy knows too."""


def encode_seen(found: Observation) -> bytes:
    """An observation's bytes. The same observation has the same bytes, in every process."""
    outcome = found.outcome
    return encode(
        Seen(
            _raised(outcome) if isinstance(outcome, seen.Raised) else _value(outcome),
            [_value(each) for each in found.inputs.items],
            [_value(each.grad) for each in found.tensors],
            [each.written for each in found.tensors],
            [clean(each) for each in found.left_changed],
            [(clean(path), clean(name), clean(how)) for path, name, how in found.sharing],
            [(clean(name), line) for name, line in found.banned],
            [(clean(name), clean(kind)) for name, kind in found.calls],
            [_value(each.actual) for each in found.checked],
            [clean(each) for each in found.hooked],
        )
    )


def without_values(found: Observation) -> Observation:
    """An observation of which only the types are told, for one that is too large to be sent."""

    def bare(value: Any) -> Any:
        match value:
            case seen.OpaqueSeen():
                return value
            case seen.TensorSeen(dtype=dtype, shape=shape):
                return seen.OpaqueSeen(f"{dtype} tensor of shape {shape}")
        return seen.OpaqueSeen(type_name(value).partition(" ")[2] or "None")

    outcome = found.outcome
    return replace(
        found,
        outcome=outcome if isinstance(outcome, seen.Raised) else bare(outcome),
        inputs=replace(found.inputs, items=tuple(map(bare, found.inputs.items))),
        tensors=tuple(replace(each, grad=None) for each in found.tensors),
        checked=tuple(Checked(bare(each.actual)) for each in found.checked),
    )


def decode_seen(raw: bytes, expected: Observation) -> Observation:
    """The observation in `raw`, of the inputs that `expected` is of. Raises Malformed."""
    found = decoded(_decoder, raw)
    names = expected.inputs.keys
    check(len(found.inputs) == len(names), "not all inputs are there")
    check(
        len(found.grads) == len(found.written) == len(expected.tensors),
        "not all tensors among the inputs are there",
    )
    grads = [_seen(each) for each in found.grads]
    outcome = found.outcome
    for texts in (found.left_changed, found.hooked, *found.sharing, *found.calls):
        check(all(len(each) <= LARGEST_TEXT for each in texts), "a text is too long")
    check(all(len(name) <= LARGEST_TEXT for name, _ in found.banned), "a text is too long")
    return Observation(
        _seen_raised(outcome) if isinstance(outcome, Raised) else _seen(outcome),
        seen.ContainerSeen("dict", names, tuple(_seen(each) for each in found.inputs)),
        tuple(
            seen.InputSeen(each.path, grad, written)
            for each, grad, written in zip(expected.tensors, grads, found.written, strict=True)
        ),
        tuple(found.left_changed),
        tuple(found.sharing),
        tuple(found.banned),
        calls=tuple(found.calls),
        checked=tuple(Checked(_seen(each)) for each in found.checked),
        hooked=tuple(found.hooked),
    )


def encode_inputs(inputs: Mapping[str, Any]) -> GivenItems:
    """A property's inputs as they lie in memory, to be sent to a zygote."""
    given = _given(dict(inputs))
    assert isinstance(given, GivenItems)
    return given


def decode_inputs(given: Given) -> dict[str, Any]:
    """The inputs that a judge has sent."""
    inputs = _taken(given)
    assert isinstance(inputs, dict)
    return inputs


def _value(value: Any) -> Value:
    match value:
        case None | bool() | float():
            return value
        case bytes():
            return Bytes(value[:LARGEST_TEXT])
        case int():
            return value if -(1 << 63) <= value < 1 << 63 else Integer(hex(value))
        case str():
            return _text(cut(value))
        case seen.TensorSeen(values, dtype, shape, device, requires_grad):
            name = str(dtype).removeprefix("torch.")
            return Tensor(name, list(shape), device, requires_grad, _bytes(values))
        case seen.ArraySeen(values, dtype, shape):
            return Array(dtype, list(shape), values.tobytes())
        case seen.ContainerSeen(kind, keys, items):
            # Positions need not be sent.
            numbered = kind != "dict"
            listed = None if numbered else [_value(each) for each in keys]
            return Container(kind, listed, [_value(each) for each in items])
        case seen.OpaqueSeen(name):
            return Opaque(clean(name))
        case torch.dtype():
            return Dtype(str(value).removeprefix("torch."))
        case complex():
            return Complex(value.real, value.imag)
    raise TypeError(f"{type(value).__name__} is no part of an observation")


def _raised(found: seen.Raised) -> Raised:
    lines = [
        Line(
            each.number, clean(each.function), clean(each.text), [clean(one) for one in each.shapes]
        )
        for each in found.lines
    ]
    return Raised(found.cause, [clean(each) for each in found.kinds], clean(found.message), lines)


def _seen(value: Any, depth: int = 0) -> Any:
    check(depth < _DEEPEST, "a value is nested too deep")
    match value:
        case str():
            check(len(value) <= LARGEST_TEXT, "a text is too long")
        case Tensor(name, shape, device, requires_grad, data):
            dtype = _dtype(name)
            check(dtype in seen.COMPARED, f"a tensor of dtype {name[:100]!r}")
            check(len(device) <= 100, "a device's name is too long")
            values = _tensor(data, dtype, shape)
            return seen.TensorSeen(values, dtype, tuple(shape), device, requires_grad)
        case Array(name, shape, data):
            return seen.ArraySeen(_array(data, name, shape), name, tuple(shape))
        case Container("dict", keys, items):
            check(keys is not None and len(keys) == len(items), "a dict has no keys")
            found = _all_seen(keys or (), depth)
            check(all(_is_key(each) for each in found), "a dict has a key that is none")
            return seen.ContainerSeen("dict", found, _all_seen(items, depth))
        case Container("list" | "tuple" | "set" as kind, _, items):
            return seen.ContainerSeen(kind, tuple(range(len(items))), _all_seen(items, depth))
        case Container(kind):
            raise Malformed(f"there is no container {kind[:100]!r}")
        case Opaque(name):
            check(len(name) <= LARGEST_TEXT, "a text is too long")
            return seen.OpaqueSeen(name)
        case Dtype(name):
            return _dtype(name)
        case Complex(real, imag):
            return complex(real, imag)
        case Integer(digits):
            check(len(digits) <= LARGEST_TEXT, "an int is too long")
            try:
                number = int(digits, 16)
            except ValueError:
                raise Malformed("an int is not written in hexadecimal") from None
            check(number.bit_length() <= seen.LARGEST_INT, "an int is too long")
            return number
        case Bytes(raw):
            check(len(raw) <= LARGEST_TEXT, "bytes are too many")
            return raw
        case Text(raw):
            check(len(raw) <= 4 * LARGEST_TEXT, "a text is too long")
            try:
                return raw.decode("utf-8", "surrogatepass")
            except UnicodeDecodeError:
                raise Malformed("a text is not UTF-8") from None
    return value


def _all_seen(items: Sequence[Any], depth: int) -> tuple[Any, ...]:
    return tuple(_seen(each, depth + 1) for each in items)


def _seen_raised(found: Raised) -> seen.Raised:
    check(0 < len(found.kinds) <= 100, "an exception has no class")
    check(len(found.lines) <= 100, "an exception has too many lines")
    texts = [found.message, *found.kinds]
    for line in found.lines:
        texts += [line.function, line.text, *line.shapes]
        check(0 <= line.number < 1 << 31, "a line's number is out of range")
    check(all(len(each) <= LARGEST_TEXT for each in texts), "a text is too long")
    lines = tuple(
        seen.LineSeen(each.number, each.function, each.text, tuple(each.shapes))
        for each in found.lines
    )
    match found.cause:
        case "exception" | "invariant" | "contract" | "unusable" | "time" as cause:
            return seen.Raised(cause, tuple(found.kinds), _said(found.message), lines)
    raise Malformed(f"there is no cause {found.cause[:100]!r}")


def _said(text: str) -> str:
    return text if len(text) <= LARGEST_SAID else f"{text[: LARGEST_SAID - 1]}…"


def _is_key(value: Any) -> bool:
    """Whether a value as seen can be a key of a dict: it can be hashed, and compared with ==."""
    match value:
        case seen.ContainerSeen("tuple", _, items):
            return all(_is_key(each) for each in items)
        case seen.OpaqueSeen():
            return True
    return isinstance(value, int | float | complex | str | bytes | None | torch.dtype)


def _bytes(values: torch.Tensor) -> bytes:
    if values.dtype not in _NUMPY:
        fresh = values.clone(memory_format=torch.contiguous_format)
        return _bytes(fresh.reshape(-1).view(torch.uint8))
    return values.numpy().tobytes()


def _tensor(data: bytes, dtype: torch.dtype, shape: Sequence[int]) -> torch.Tensor:
    check(_can_be(shape), "a shape can't be")
    check(
        math.prod(shape) * dtype.itemsize == len(data), "a tensor has more or less than its shape"
    )
    if not data:
        return torch.empty(tuple(shape), dtype=dtype)
    if dtype is torch.bool:
        # A byte other than 0 and 1 would be a bool that is neither.
        return torch.frombuffer(bytearray(data), dtype=torch.uint8).bool().view(tuple(shape))
    return torch.frombuffer(bytearray(data), dtype=dtype).view(tuple(shape))


def _can_be(shape: Sequence[int]) -> bool:
    """Whether a tensor of the shape is one that is observed by value."""
    sides = len(shape) <= 32 and all(0 <= each <= seen.LARGEST for each in shape)
    return sides and seen.extent(shape) <= seen.LARGEST


def _array(data: bytes, name: str, shape: Sequence[int]) -> np.ndarray[Any, Any]:
    dtype = _numpy_dtype(name)
    check(dtype.char in seen.ARRAYS and dtype.itemsize > 0, f"an array of {name[:100]!r}")
    check(_can_be(shape), "a shape can't be")
    check(
        math.prod(shape) * dtype.itemsize == len(data), "an array has more or less than its shape"
    )
    array = np.frombuffer(bytearray(data), dtype=dtype).reshape(tuple(shape))
    if dtype.kind == "U":
        points = np.frombuffer(data, dtype=np.dtype("u4").newbyteorder(dtype.byteorder))
        check(bool((points <= sys.maxunicode).all()), "an array has a character that is none")
    return array


def _numpy_dtype(name: str) -> np.dtype[Any]:
    """The dtype of a name that numpy gives to one, and not of all that it takes for one."""
    check(_NAME_OF_DTYPE.fullmatch(name) is not None, f"numpy has no dtype {name[:100]!r}")
    try:
        dtype = np.dtype(name)
    except Exception:  # of many kinds
        raise Malformed(f"numpy has no dtype {name[:100]!r}") from None
    check(str(dtype) == name, f"numpy has no dtype {name[:100]!r}")
    return dtype


def _dtype(name: str) -> torch.dtype:
    check(name in _DTYPES, f"torch has no dtype {name[:100]!r}")
    return _DTYPES[name]


def _given(value: Any) -> Given:
    match value:
        case None | bool() | int() | float() | str():
            return value
        case torch.Tensor():
            flat = torch.empty(0, dtype=value.dtype).set_(value.untyped_storage())
            return GivenTensor(
                str(value.dtype).removeprefix("torch."),
                list(value.shape),
                list(value.stride()),
                int(value.storage_offset()),
                value.requires_grad,
                _bytes(flat),
            )
        case np.ndarray():
            array = value.copy(order="K")
            raw = array.ravel(order="K").tobytes()
            return GivenArray(array.dtype.str, list(array.shape), list(array.strides), raw)
        case list() | tuple():
            return GivenItems(type(value).__name__, [], [_given(each) for each in value])
        case dict():
            return GivenItems("dict", list(value), [_given(each) for each in value.values()])
        case torch.dtype():
            return GivenDtype(str(value).removeprefix("torch."))
    raise TypeError(f"{type(value).__name__} is no plain data: a property's inputs can't hold it")


def _taken(given: Given) -> Any:
    match given:
        case GivenTensor(name, shape, stride, offset, requires_grad, data):
            dtype = _DTYPES[name]
            storage = _tensor(data, dtype, [len(data) // dtype.itemsize]).untyped_storage()
            tensor = torch.empty(0, dtype=dtype).set_(storage, offset, tuple(shape), tuple(stride))
            return tensor.requires_grad_(requires_grad)
        case GivenArray(name, shape, strides, data):
            buffer = bytearray(data)
            return np.ndarray(tuple(shape), np.dtype(name), buffer, 0, tuple(strides))
        case GivenItems("dict", keys, items):
            return dict(zip(keys, map(_taken, items), strict=True))
        case GivenItems("tuple", _, items):
            return tuple(map(_taken, items))
        case GivenItems(_, _, items):
            return list(map(_taken, items))
        case GivenDtype(name):
            return _DTYPES[name]
    return given


def _text(text: str) -> str | Text:
    try:
        text.encode()
    except UnicodeEncodeError:
        return Text(text.encode("utf-8", "surrogatepass"))
    return text
