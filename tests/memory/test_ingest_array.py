"""Properties and misconceptions of memory/ingest_array."""

import numpy as np
import torch

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

FLOATS = ("float32", "float64", "float16")
INTEGERS = ("int64", "int32", "uint8", "int8")
SHAPES = st.shapes(max_dims=3)
FILLED = st.shapes(max_dims=3, min_side=1)


def read_only(array):
    array = array.view()
    array.flags.writeable = False
    return array


# What the function is given, made from the array a.
WAYS = {
    "a": lambda a: a,
    "a, read-only": read_only,
    "a, flipped": lambda a: np.flip(a) if a.ndim else a,
    "a, transposed": np.transpose,
    "a, every second": lambda a: a[..., ::2] if a.ndim else a,
}
ways = st.sampled_from(tuple(WAYS))


@st.composite
def inputs(draw, shapes=SHAPES):
    """An array with values that take many digits; often float32, where no dtype has to change."""
    kind = draw(st.sampled_from((*FLOATS, *INTEGERS, *["float32"] * 4)))
    a = draw(st.arrays(shapes, kind))
    if kind in FLOATS:
        a.flat[: draw(st.integers(0, 1))] = draw(st.sampled_from((np.nan, np.inf, -np.inf)))
    return {"a": a}


@st.composite
def labels(draw, shapes=SHAPES):
    """Whole numbers of any dtype, large ones among them; often int64."""
    kind = draw(st.sampled_from((*INTEGERS, *FLOATS, *["int64"] * 4)))
    drawn = st.arrays(shapes, kind) if kind in INTEGERS else st.arrays(shapes, "int8")
    return {"a": draw(drawn).astype(kind)}


@st.composite
def spoiled_labels(draw):
    """Numbers of which one is not whole."""
    values = draw(st.lists(st.integers(0, 9).map(float), max_size=3))
    values.insert(draw(st.integers(0, len(values))), draw(st.sampled_from(SPOILS)))
    return {"values": values, "as_list": draw(st.booleans())}


SPOILS = (1.7, 0.5, -0.25, 2.0**-24, 1 + 2.0**-10, float("nan"), float("inf"), float("-inf"))
INTS, WHOLE = st.numbers(torch.int64), st.integers(-9, 9).map(float)
BYTES = st.lists(st.integers(1, 255), min_size=1, max_size=3).map(
    lambda given: np.array(given, dtype=np.uint8)
)
LARGE_FLOATS = st.sampled_from((2.0**24 + 1, 2.0**53 - 1)).map(lambda one: np.array([one, 1.0]))


def spoiled_by(*spoils):
    """A stratum of lists and arrays with one of the values."""
    values = st.sampled_from(spoils).map(lambda spoil: [spoil, 2.0])
    return {"values": values, "as_list": st.booleans()}


def tensor_of(array, dtype):
    """The array's values, by way of Python's numbers."""
    return torch.tensor(array.tolist(), dtype=dtype).reshape(array.shape)


@forall(inputs(), given=ways, strata={"bytes": {"a": BYTES}})
def test_input_has_the_values(impl, a, given):
    """to_input gives a float32 tensor of the array's shape and values, whatever its strides."""
    array = WAYS[given](a)
    result = impl.to_input(array)
    assert_same(result, tensor_of(array, torch.float32))
    return result


@forall(inputs(FILLED), given=ways)
def test_input_has_its_own_memory(impl, a, given):
    """A write to the array is not seen in to_input's result, nor the other way round."""
    result = impl.to_input(a=WAYS[given](a))
    a[...] = 7
    after_a_write_to_the_array = result.clone()
    result.fill_(5)
    return {"result after a write to the array": after_a_write_to_the_array}


@forall(labels(), given=ways, strata={"a large float64": {"a": LARGE_FLOATS}})
def test_labels_have_the_values(impl, a, given):
    """to_labels gives an int64 tensor of the array's shape and values, whatever its strides."""
    array = WAYS[given](a)
    result = impl.to_labels(array)
    assert_same(result, tensor_of(array, torch.int64))
    return result


@forall(
    numbers=st.one_of(st.lists(INTS, max_size=4), st.lists(WHOLE, max_size=4)),
    strata={
        "no number at all": {"numbers": st.just([])},
        "a large int": {"numbers": st.permutations((2**53 + 1, 1, 2**62 + 1))},
        "a large float": {"numbers": st.permutations((2.0**24 + 1, 1.0))},
    },
)
def test_labels_come_in_lists_too(impl, numbers):
    """to_labels takes a flat list of ints or floats as well, even an empty one."""
    result = impl.to_labels(list(numbers))
    assert_same(result, torch.tensor([int(each) for each in numbers], dtype=torch.int64))
    return result


@forall(labels(FILLED), given=ways)
def test_labels_have_their_own_memory(impl, a, given):
    """A write to the array is not seen in to_labels' result, nor the other way round."""
    result = impl.to_labels(y=WAYS[given](a))
    a[...] = 7
    after_a_write_to_the_array = result.clone()
    result.fill_(5)
    return {"result after a write to the array": after_a_write_to_the_array}


@forall(
    spoiled_labels(),
    kind=st.sampled_from(FLOATS),
    raises=ValueError,
    strata={
        "a tiny fraction in a list": {**spoiled_by(2.0**-24), "as_list": st.just(True)},
        "a tiny fraction": spoiled_by(2.0**-24, 1 + 2.0**-10),
        "a fraction beside a large number": {
            **spoiled_by(2.0**20 + 0.5),
            "kind": st.sampled_from(("float32", "float64")),
        },
        "infinity": spoiled_by(float("inf"), float("-inf")),
        "-inf in float16": {
            **spoiled_by(float("-inf")),
            "as_list": st.just(False),
            "kind": st.just("float16"),
        },
        "NaN": spoiled_by(float("nan")),
    },
)
def test_refuses_fractions(impl, values, as_list, kind):
    """to_labels raises ValueError where a value has a fraction, is NaN or infinite."""
    return impl.to_labels(values if as_list else np.array(values, dtype=kind))


@misconception(
    of="to_input",
    says="from_numpy shares memory, and .float() copies only where the dtype changes: a float32 "
    "array stays shared. It refuses strides below 0, too.",
)
def shares_float32(a):
    return torch.from_numpy(a).float()


@misconception(
    of="to_input",
    says="ascontiguousarray copies only where the strides ask for it: a float32 array that is "
    "contiguous stays shared. And it gives a 0-dim array a dimension.",
)
def copies_where_it_must(a):
    return torch.from_numpy(np.ascontiguousarray(a)).float()


@misconception(
    of="to_input",
    says="asarray and as_tensor copy only where the dtype changes: a float32 array stays shared. "
    "One that is flipped is still flipped then, which torch refuses.",
)
def copies_where_the_dtype_changes(a):
    return torch.from_numpy(np.asarray(a, dtype=np.float32))


@misconception(
    of="to_input",
    says="torch refuses arrays with strides below 0, in from_numpy and in tensor. numpy can copy "
    "them into plain order first.",
)
def refuses_flipped_arrays(a):
    return torch.tensor(a, dtype=torch.float32)


@misconception(
    of="to_input",
    says="The result has the array's dtype, float64 as a rule. A model's weights are float32.",
)
def keeps_the_dtype(a):
    return torch.from_numpy(a.copy())


@misconception(
    of="to_input",
    says="Scaling pictures is a step of its own, which the caller takes: values stay as they are.",
)
def scales_bytes(a):
    values = np.array(a, dtype=np.float32)
    return torch.from_numpy(np.asarray(values / 255 if a.dtype == np.uint8 else values))


@misconception(
    of="to_labels",
    says="A conversion to int64 drops fractions without a word: 1.7 becomes 1. Look for them "
    "first.",
)
def truncates(y):
    return torch.from_numpy(np.array(y, dtype=np.int64))


@misconception(
    of="to_labels",
    says="Rounding hides the mistake: 1.7 is no label, and 2 is not what anybody meant.",
)
def rounds(y):
    y = np.array(y)
    return torch.from_numpy(np.array(np.rint(y) if y.dtype.kind == "f" else y, dtype=np.int64))


@misconception(
    of="to_labels",
    says="Your result shares the memory of an int64 array: ascontiguousarray, from_numpy and "
    ".long() copy only where they must.",
)
def shares_int64(y):
    y = np.asarray(y)
    if (y % 1 != 0).any():
        raise ValueError("fractions")
    return torch.from_numpy(np.ascontiguousarray(y).reshape(y.shape)).long()


@misconception(
    of="to_labels",
    says="float32 holds whole numbers exactly only up to 2**24, and float64 up to 2**53. Integers "
    "must not pass through floats.",
)
def goes_through_floats(y):
    values = torch.from_numpy(np.array(y, dtype=np.float64))
    if (values % 1 != 0).any():
        raise ValueError("fractions")
    return values.long()


@misconception(
    of="to_labels",
    says="A float without a fraction is a whole number: what matters is the value, not the dtype.",
)
def refuses_all_floats(y):
    y = np.array(y)
    if y.dtype.kind == "f" and y.size:
        raise ValueError("labels must be integers")
    return torch.from_numpy(y.astype(np.int64))


@misconception(
    of="to_labels",
    says="A list has none of an array's methods and attributes. Make an array of it first.",
)
def expects_an_array(y):
    if (y.astype(np.float64) % 1 != 0).any():
        raise ValueError("fractions")
    return torch.from_numpy(y.astype(np.int64))
