"""Values as seen and inputs as they lie, packed into plain structures and back.

What is unpacked may come from a hostile process or a broken file: all that can't have been packed
raises Malformed. Inputs keep the way they lie in memory.
"""

import math
import re
import sys
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from torchkata.values import observation as seen
from torchkata.values.plain import (
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
    Tensor,
    Text,
    Value,
    check,
    clean,
    cut,
)

_DEEPEST = 40

_DTYPES = {
    str(dtype).removeprefix("torch."): dtype
    for dtype in vars(torch).values()
    if isinstance(dtype, torch.dtype)
}
_NAME_OF_DTYPE = re.compile(r"[<>|=]?[A-Za-z]\w{0,20}(?:\[\w{1,20}\])?", re.ASCII)
_NUMPY = seen.COMPARED - {torch.bfloat16}
"""Dtypes that numpy knows too."""


def packed(value: Any) -> Value:
    """A value as seen, in plain structures; its texts cut where they are too long."""
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
            listed = None if numbered else [packed(each) for each in keys]
            return Container(kind, listed, [packed(each) for each in items])
        case seen.OpaqueSeen(name):
            return Opaque(clean(name))
        case torch.dtype():
            return Dtype(str(value).removeprefix("torch."))
        case complex():
            return Complex(value.real, value.imag)
    raise TypeError(f"{type(value).__name__} is no part of an observation")


def packed_raised(found: seen.Raised) -> Raised:
    """An exception as seen, without what a reference gave."""
    lines = [
        Line(
            each.number, clean(each.function), clean(each.text), [clean(one) for one in each.shapes]
        )
        for each in found.lines
    ]
    return Raised(found.cause, [clean(each) for each in found.kinds], clean(found.message), lines)


def unpacked(value: Any, depth: int = 0) -> Any:
    """The value that was packed. Raises Malformed."""
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
            found = _all_unpacked(keys or (), depth)
            check(all(_is_key(each) for each in found), "a dict has a key that is none")
            return seen.ContainerSeen("dict", found, _all_unpacked(items, depth))
        case Container("list" | "tuple" | "set" as kind, _, items):
            return seen.ContainerSeen(kind, tuple(range(len(items))), _all_unpacked(items, depth))
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


def _all_unpacked(items: Sequence[Any], depth: int) -> tuple[Any, ...]:
    return tuple(unpacked(each, depth + 1) for each in items)


def unpacked_raised(found: Raised) -> seen.Raised:
    """The exception that was packed. Raises Malformed."""
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
            return seen.Raised(cause, tuple(found.kinds), found.message, lines)
    raise Malformed(f"there is no cause {found.cause[:100]!r}")


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


def packed_input(value: Any) -> Given:
    """Plain data as it lies in memory. Raises TypeError where it is no plain data."""
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
            return GivenItems(type(value).__name__, [], [packed_input(each) for each in value])
        case dict():
            return GivenItems("dict", list(value), [packed_input(each) for each in value.values()])
        case torch.dtype():
            return GivenDtype(str(value).removeprefix("torch."))
    raise TypeError(f"{type(value).__name__} is no plain data: a property's inputs can't hold it")


def unpacked_input(given: Given) -> Any:
    """The data that was packed, as it lay in memory; what is given is trusted."""
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
            return dict(zip(keys, map(unpacked_input, items), strict=True))
        case GivenItems("tuple", _, items):
            return tuple(map(unpacked_input, items))
        case GivenItems(_, _, items):
            return list(map(unpacked_input, items))
        case GivenDtype(name):
            return _DTYPES[name]
    return given


def _text(text: str) -> str | Text:
    try:
        text.encode()
    except UnicodeEncodeError:
        return Text(text.encode("utf-8", "surrogatepass"))
    return text
