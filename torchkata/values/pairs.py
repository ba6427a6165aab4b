"""One value compared with another, leaf by leaf: type, shape, dtype, device, values."""

from typing import Any

import numpy as np
import torch

from torchkata.values.difference import TOLERANCES, Difference, Stage, Tolerance
from torchkata.values.observation import ArraySeen, ContainerSeen, OpaqueSeen, TensorSeen
from torchkata.values.wording import dtype_name, is_short, type_name, written

_LISTED = 20


def compare_values(
    expected: Any, actual: Any, tolerance: Tolerance | None = None, where: str = "result"
) -> Difference | None:
    """How one value as seen differs from another, up to the stage of values."""
    pairs: list[tuple[str, Any, Any]] = []
    mismatch = pair_up(where, expected, actual, pairs)
    if mismatch is not None:
        return mismatch
    for stage in (_shape, _dtype, _device, _values):
        for path, want, got in pairs:
            difference = stage(path, want, got, tolerance)
            if difference is not None:
                return _whole(difference, where, expected, actual)
    return None


def _whole(difference: Difference, where: str, expected: Any, actual: Any) -> Difference:
    """A difference within a short container as one of the container: it says more as a whole."""
    if difference.where == where or not (is_short(expected) and is_short(actual)):
        return difference
    sentence = f"{written(expected)} expected, {written(actual)} returned"
    return Difference(difference.stage, where, sentence, expected, actual)


def close(
    expected: torch.Tensor, actual: torch.Tensor, tolerance: Tolerance | None
) -> torch.Tensor:
    """Where two tensors of one shape agree: a bool tensor of that shape.

    |actual - expected| <= atol + rtol * |expected|, as in torch.testing.assert_close.
    """
    rtol, atol = tolerance or TOLERANCES.get(expected.dtype, (0.0, 0.0))
    if not (expected.is_floating_point() or expected.is_complex()):
        return actual == expected
    return torch.isclose(actual, expected, rtol=rtol, atol=atol, equal_nan=True)


def cells(value: TensorSeen | ArraySeen) -> torch.Tensor | None:
    """The values as a tensor; None for an array of a dtype that torch doesn't know."""
    if isinstance(value, TensorSeen):
        return value.values
    try:
        return torch.from_numpy(value.values.astype(value.values.dtype.newbyteorder("=")))
    except TypeError:
        return None


def pair_up(
    where: str, expected: Any, actual: Any, pairs: list[tuple[str, Any, Any]]
) -> Difference | None:
    """Collect the leaves of two values in `pairs`; the first difference of type or length."""
    if isinstance(expected, ContainerSeen) and isinstance(actual, ContainerSeen):
        wanted, given = _by_key(expected), _by_key(actual)
        if expected.kind == actual.kind and wanted.keys() == given.keys():
            for (kind, key), want in wanted.items():
                difference = pair_up(f"{where}[{_key(key)}]", want, given[kind, key], pairs)
                if difference is not None:
                    return difference
            return None
    elif type(expected) is type(actual) and _same_opaque(expected, actual):
        pairs.append((where, expected, actual))
        return None
    sentence = f"{type_name(expected)} expected, {type_name(actual)} returned"
    if isinstance(expected, ContainerSeen) and type_name(expected) == type_name(actual):
        sentence = f"{type_name(expected)} with the keys {_keys(expected)} expected, " + (
            f"{_keys(actual)} returned"
        )
    return Difference(Stage.TYPE, where, sentence, expected, actual)


def _keys(container: ContainerSeen) -> str:
    names = [_key(each) for each in container.keys[:_LISTED]]
    return f"[{', '.join([*names, '…'] if len(container.keys) > _LISTED else names)}]"


def _key(key: Any) -> str:
    """A key or a position as a learner would write it."""
    match key:
        case OpaqueSeen():
            return type_name(key)
        case ContainerSeen(items=items):
            return f"({', '.join(map(_key, items))}{',' if len(items) == 1 else ''})"
    return written(key)


def _by_key(container: ContainerSeen) -> dict[tuple[type, Any], Any]:
    """A container's items by key and the key's type: 1 and True are two keys."""
    keys = ((type(key), key) for key in container.keys)
    return dict(zip(keys, container.items, strict=True))


def _same_opaque(expected: Any, actual: Any) -> bool:
    return not isinstance(expected, OpaqueSeen) or bool(expected == actual)


def _shape(path: str, want: Any, got: Any, tolerance: Tolerance | None) -> Difference | None:
    if not isinstance(want, TensorSeen | ArraySeen) or want.shape == got.shape:
        return None
    return Difference(
        Stage.SHAPE, path, f"shape {want.shape} expected, {got.shape} returned", want, got
    )


def _dtype(path: str, want: Any, got: Any, tolerance: Tolerance | None) -> Difference | None:
    if not isinstance(want, TensorSeen | ArraySeen) or want.dtype == got.dtype:
        return None
    sentence = f"{dtype_name(want.dtype)} expected, {dtype_name(got.dtype)} returned"
    right = _differing_cells(want, got, tolerance, across_dtypes=True) is None
    begin = "right values, wrong dtype" if right else "wrong dtype"
    return Difference(Stage.DTYPE, path, f"{begin}: {sentence}", want, got)


def _device(path: str, want: Any, got: Any, tolerance: Tolerance | None) -> Difference | None:
    if not isinstance(want, TensorSeen) or want.device == got.device:
        return None
    right = _differing_cells(want, got, tolerance) is None
    begin = "right values, wrong device" if right else "wrong device"
    sentence = f"{begin}: {want.device} expected, {got.device} returned"
    return Difference(Stage.DEVICE, path, sentence, want, got)


def _values(path: str, want: Any, got: Any, tolerance: Tolerance | None) -> Difference | None:
    if isinstance(want, TensorSeen | ArraySeen):
        count = _differing_cells(want, got, tolerance)
        if count is None:
            return None
        total = want.values.numel() if isinstance(want, TensorSeen) else want.values.size
        tensor = cells(want)
        used = tolerance or (None if tensor is None else TOLERANCES.get(tensor.dtype))
        sentence = "the value differs" if total == 1 else f"{count} of {total} values differ"
        return Difference(Stage.VALUES, path, sentence, want, got, used)
    if isinstance(want, float | complex):
        wide = torch.complex128 if isinstance(want, complex) else torch.float64
        one, other = (torch.tensor(each, dtype=wide) for each in (want, got))
        same = bool(close(one, other, tolerance or TOLERANCES[_computed_in(one)]))
        same = same or (isinstance(want, float) and want == got)
    else:
        same = bool(want == got)
    if same:
        return None
    sentence = f"{written(want)} expected, {written(got)} returned"
    return Difference(Stage.VALUES, path, sentence, want, got)


def _computed_in(number: torch.Tensor) -> torch.dtype:
    """The dtype that a Python number, as a tensor, may have been computed in.

    It has lost it. But where float32 does not hold it, it was computed in float64.
    """
    narrow = torch.complex64 if number.is_complex() else torch.float32
    held = torch.isclose(number, number.to(narrow).to(number.dtype), rtol=0, atol=0, equal_nan=True)
    return narrow if bool(held) else number.dtype


def _differing_cells(
    want: Any, got: Any, tolerance: Tolerance | None, across_dtypes: bool = False
) -> int | None:
    """How many cells differ; None where none does."""
    expected, actual = cells(want), cells(got)
    if expected is None or actual is None:
        same = want.values == got.values
        return int(np.size(same) - np.count_nonzero(same)) or None
    if across_dtypes:
        # Through float64 or complex128, where every smaller dtype fits.
        wide = torch.complex128 if expected.is_complex() or actual.is_complex() else torch.float64
        tolerance = tolerance or TOLERANCES.get(expected.dtype) or TOLERANCES.get(actual.dtype)
        expected, actual = expected.to(wide), actual.to(wide)
    elif torch.equal(expected, actual):
        return None
    agree = close(expected, actual, tolerance)
    return int(agree.numel() - agree.sum()) or None
