"""Staged comparison of what was expected with what was seen: the first stage that differs."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import numpy as np
import torch

from torchkata.values.observation import (
    ArraySeen,
    ContainerSeen,
    Observation,
    OpaqueSeen,
    Raised,
    TensorSeen,
)

_LONGEST = 200
_LISTED = 20

Tolerance = tuple[float, float]
"""Relative and absolute: a value is right within `atol + rtol * |expected|`."""

TOLERANCES: dict[torch.dtype, Tolerance] = {
    torch.float16: (1e-3, 1e-5),
    torch.bfloat16: (1.6e-2, 1e-5),
    torch.float32: (1.3e-6, 1e-5),
    torch.float64: (1e-7, 1e-7),
    torch.complex32: (1e-3, 1e-5),
    torch.complex64: (1.3e-6, 1e-5),
    torch.complex128: (1e-7, 1e-7),
}
"""By dtype, those of torch.testing.assert_close; a dtype that is not here is compared exactly."""


class Stage(StrEnum):
    """What is compared, in order."""

    RAN = "ran"
    TYPE = "type"
    SHAPE = "shape"
    DTYPE = "dtype"
    DEVICE = "device"
    VALUES = "values"
    GRADIENT = "gradient"
    AFTERWARDS = "afterwards"
    SHARING = "sharing"
    OPERATIONS = "operations"


@dataclass(frozen=True, slots=True)
class Difference:
    """The first stage at which two observations differ.

    `where` is the path to the part that differs (`result[0]`), `sentence` says what differs in
    words, and `expected` and `actual` are that part as seen, where showing them says more.
    """

    stage: Stage
    where: str
    sentence: str
    expected: Any = None
    actual: Any = None
    tolerance: Tolerance | None = None


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
        or _compare_afterwards(expected, actual, tolerance)
        or _compare_sharing(expected, actual)
        or _compare_operations(expected, actual)
        or _compare_completeness(expected, actual)
    )


def compare_checked(expected: Observation, actual: Observation) -> Difference | None:
    """How the first value that is not what its reference is differs, of those that were reached."""
    for want, got in zip(expected.checked, actual.checked, strict=False):
        difference = compare_values(want.reference, got.actual, want.tolerance)
        if difference is not None:
            return difference
    return None


def compare_values(
    expected: Any, actual: Any, tolerance: Tolerance | None = None, where: str = "result"
) -> Difference | None:
    """How one value as seen differs from another, up to the stage of values."""
    pairs: list[tuple[str, Any, Any]] = []
    mismatch = _pair_up(where, expected, actual, pairs)
    if mismatch is not None:
        return mismatch
    for stage in (_shape, _dtype, _device, _values):
        for path, want, got in pairs:
            difference = stage(path, want, got, tolerance)
            if difference is not None:
                return difference
    return None


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


def written(value: Any) -> str:
    """A number, a string or None as Python writes it, but not endlessly long."""
    try:
        text = repr(value)
    except ValueError:  # Python refuses to write an int of thousands of digits
        return f"an int of {value.bit_length()} bits"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}… ({len(text)} characters)"


def type_name(value: Any) -> str:
    """The type of a value as seen, as a learner would say it."""
    match value:
        case TensorSeen():
            return "a tensor"
        case ArraySeen():
            return "a numpy array"
        case ContainerSeen(kind=kind, items=items):
            return f"a {kind} of {len(items)}"
        case OpaqueSeen(type_name=name):
            return _with_article(name)
        case None:
            return "None"
        case torch.dtype():
            return "a dtype"
        case bool():
            return "a bool"
    return _with_article(type(value).__name__)


def _with_article(name: str) -> str:
    return f"an {name}" if name[:1].lower() in tuple("aeio") else f"a {name}"


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
        return _compare_raised(expected, actual, wanted, given)
    if isinstance(expected, Raised):
        sentence = f"{expected.kinds[0]} expected; nothing was raised"
        return Difference(Stage.RAN, "result", sentence, expected, actual)
    difference = compare_values(expected, actual, tolerance)
    if difference is not None:
        return difference
    pairs: list[tuple[str, Any, Any]] = []
    _pair_up("result", expected, actual, pairs)
    for path, want, got in pairs:
        difference = _requires_grad(path, want, got)
        if difference is not None:
            return difference
    return None


def _compare_raised(
    expected: Any, actual: Raised, wanted: Observation, given: Observation
) -> Difference | None:
    match actual.cause:
        case "contract":
            return Difference(Stage.RAN, "result", actual.message)
        case "time":
            sentence = f"{actual.message}: is there a loop that does not end?"
            return Difference(Stage.RAN, "result", sentence, None, actual)
        case "invariant":
            if actual.reference is not None:
                found = compare_values(*actual.reference)
                if found is not None:
                    return found
            return Difference(Stage.VALUES, "result", actual.message.partition("\n")[0])
        case "unusable":
            return Difference(Stage.TYPE, "result", _unusable(actual, wanted, given), None, actual)
    if isinstance(expected, Raised):
        if expected.kinds[0] in actual.kinds:
            return None
        sentence = f"{expected.kinds[0]} expected, {actual.kinds[0]} raised"
        return Difference(Stage.RAN, "result", sentence, expected, actual)
    return Difference(Stage.RAN, "result", f"raises {actual.kinds[0]}", expected, actual)


def _unusable(actual: Raised, wanted: Observation, given: Observation) -> str:
    said = f"{actual.kinds[0]}: {actual.message}"
    if not given.calls:
        return f"what came back can't be used: {said}"
    name, kind = given.calls[-1]
    if wanted.calls[len(given.calls) - 1 :][:1] == ((name, kind),):
        # The type is right: what it holds, or what the call has done, is not.
        then = "what follows" if kind == "NoneType" else "using its result"
        return f"{name} ran to its end, but {then} raises {said}"
    returned = "None" if kind == "NoneType" else _with_article(kind)
    forgot = " (no return statement?)" if kind == "NoneType" else ""
    return f"{name} returned {returned}{forgot}, which can't be used: {said}"


def _pair_up(
    where: str, expected: Any, actual: Any, pairs: list[tuple[str, Any, Any]]
) -> Difference | None:
    """Collect the leaves of two values in step; the first difference of type or length."""
    if isinstance(expected, ContainerSeen) and isinstance(actual, ContainerSeen):
        wanted, given = _by_key(expected), _by_key(actual)
        if expected.kind == actual.kind and wanted.keys() == given.keys():
            for (kind, key), want in wanted.items():
                difference = _pair_up(f"{where}[{_key(key)}]", want, given[kind, key], pairs)
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
    sentence = f"{_bare(want.dtype)} expected, {_bare(got.dtype)} returned"
    right = _differing_cells(want, got, tolerance, across_dtypes=True) is None
    begin = "right values, wrong dtype" if right else "wrong dtype"
    return Difference(Stage.DTYPE, path, f"{begin}: {sentence}", want, got)


def _bare(dtype: torch.dtype | str) -> str:
    return str(dtype).removeprefix("torch.")


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
        # A Python number has lost the dtype that it was computed in: that of float32 is assumed.
        wide = torch.complex128 if isinstance(want, complex) else torch.float64
        one, other = (torch.tensor(each, dtype=wide) for each in (want, got))
        same = bool(close(one, other, tolerance or TOLERANCES[torch.float32]))
        same = same or (isinstance(want, float) and want == got)
    else:
        same = bool(want == got)
    if same:
        return None
    sentence = f"{written(want)} expected, {written(got)} returned"
    return Difference(Stage.VALUES, path, sentence, want, got)


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


def _requires_grad(path: str, want: Any, got: Any) -> Difference | None:
    if not isinstance(want, TensorSeen) or want.requires_grad == got.requires_grad:
        return None
    sentence = (
        "it must be part of the autograd graph; yours does not require grad"
        if want.requires_grad
        else "it must not require grad; yours does"
    )
    return Difference(Stage.GRADIENT, path, sentence)


def _compare_afterwards(
    expected: Observation, actual: Observation, tolerance: Tolerance | None
) -> Difference | None:
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
    _pair_up(path, want, got, pairs)
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


def _compare_sharing(expected: Observation, actual: Observation) -> Difference | None:
    want = {(path, name): relation for path, name, relation in expected.sharing}
    got = {(path, name): relation for path, name, relation in actual.sharing}
    for path, name in {**want, **got}:
        wanted, found = want.get((path, name)), got.get((path, name))
        if wanted == found:
            continue
        sentence = (
            f"the {path} must {_relation(wanted, name)}; yours {_relation(found, name, True)}"
        )
        return Difference(Stage.SHARING, path, sentence)
    return None


def _relation(relation: str | None, name: str, third_person: bool = False) -> str:
    if relation == "is":
        return f"{'is' if third_person else 'be'} {name} itself"
    if relation is None:
        return f"{'has' if third_person else 'have'} memory of its own, apart from {name}"
    return f"{'shares' if third_person else 'share'} memory with {name}"


def _compare_operations(expected: Observation, actual: Observation) -> Difference | None:
    allowed = dict(expected.banned)
    extra = [(name, line) for name, line in actual.banned if name not in allowed]
    if not extra:
        return None
    calls = " and ".join(f"{name} in line {line}" for name, line in extra)
    sentence = f"calls {calls}, which this kata is about doing without"
    return Difference(Stage.OPERATIONS, "operations", sentence)
