"""observation.py: plain data for any value, which a subclass can't answer for."""

import collections
import math

import numpy as np
import pytest
import torch
from torch.utils._python_dispatch import return_and_correct_aliasing

from torchkata.values.observation import (
    LARGEST,
    ArraySeen,
    ContainerSeen,
    OpaqueSeen,
    TensorSeen,
    place_in_memory,
    seen,
    tensors_in,
)

t = torch.tensor


@pytest.mark.parametrize(
    "value", [True, 3, 0.5, 1j, "a", b"a", None, torch.int8], ids=lambda v: type(v).__name__
)
def test_plain_values_stay_as_they_are(value):
    assert seen(value) is value


def test_a_tensor():
    found = seen(t([[1.0, 2.0]], requires_grad=True))
    assert (found.dtype, found.shape, found.device) == (torch.float32, (1, 2), "cpu")
    assert found.requires_grad
    assert not found.values.requires_grad
    assert found.values.tolist() == [[1.0, 2.0]]
    assert type(found.shape) is tuple


@pytest.mark.parametrize(
    "make",
    [
        lambda: torch.arange(4.0),
        lambda: torch.arange(6).view(2, 3).T,
        lambda: t(1.0).expand(3),
        lambda: torch.zeros(0, 2),
        lambda: torch.nn.Parameter(torch.ones(2)),
        lambda: torch.ones(2, requires_grad=True) * 2,
        lambda: np.arange(3.0)[::-1],
        lambda: np.float32([[1, 2]]).T,
    ],
)
def test_what_was_seen_does_not_change_later(make):
    value = make()
    found = seen(value)
    before = found.values.tolist()
    with torch.no_grad():
        value[:1] = 7
    assert found.values.tolist() == before


@pytest.mark.parametrize(
    ("tensor", "values"),
    [
        (t([1 + 2j]).conj(), [1 - 2j]),
        (t([1 + 2j]).conj().imag, [-2.0]),
        (t([1.5], dtype=torch.bfloat16), [1.5]),
        (t([[1, 2], [3, 4]]).T, [[1, 3], [2, 4]]),
        (t(3), 3),
    ],
    ids=["conj", "neg", "bfloat16", "transposed", "0-dim"],
)
def test_tensors_with_their_values_resolved(tensor, values):
    found = seen(tensor)
    assert found.values.tolist() == values
    assert not found.values.is_conj()
    assert not found.values.is_neg()
    assert (found.dtype, found.shape) == (tensor.dtype, tuple(tensor.shape))


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (torch.zeros(1).expand(LARGEST + 1), f"torch.strided tensor of shape ({LARGEST + 1},)"),
        (torch.zeros(1).expand(10**6, 10**6), "torch.strided tensor of shape (1000000, 1000000)"),
        (torch.zeros(2, device="meta"), "meta tensor of shape (2,)"),
        (torch.eye(2).to_sparse(), "torch.sparse_coo tensor of shape (2, 2)"),
        (np.array([object()]), "array of object with shape (1,)"),
        (np.broadcast_to(0.0, LARGEST + 1), f"array of float64 with shape ({LARGEST + 1},)"),
        (object(), "object"),
        (int, "type"),
        (iter([]), "list_iterator"),
        (np.float32(1), "float32"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_known_by_its_type_alone(value, name):
    assert seen(value) == OpaqueSeen(name)


def test_a_large_tensor_is_seen_up_to_the_limit():
    assert isinstance(seen(torch.zeros(1).expand(LARGEST)), TensorSeen)


@pytest.mark.parametrize(
    ("array", "dtype", "shape", "values"),
    [
        (np.arange(3)[::-1], "int64", (3,), [2, 1, 0]),
        (np.array(2.5, dtype="float32"), "float32", (), 2.5),
        (np.array(["a"]), "<U1", (1,), ["a"]),
        (np.ma.masked_array([1, 2], [True, False]), "int64", (2,), [1, 2]),
    ],
)
def test_arrays(array, dtype, shape, values):
    found = seen(array)
    assert type(found) is ArraySeen
    assert type(found.values) is np.ndarray
    assert (found.dtype, found.shape, found.values.tolist()) == (dtype, shape, values)


Pair = collections.namedtuple("Pair", "a b")


@pytest.mark.parametrize(
    ("value", "kind", "keys", "items"),
    [
        ([], "list", (), ()),
        ([1, "a"], "list", (0, 1), (1, "a")),
        ((1, [2]), "tuple", (0, 1), (1, ContainerSeen("list", (0,), (2,)))),
        (Pair(1, 2), "tuple", (0, 1), (1, 2)),
        (torch.Size([2, 3]), "tuple", (0, 1), (2, 3)),
        ({"a": 1, 2: None}, "dict", ("a", 2), (1, None)),
        (collections.OrderedDict(a=1), "dict", ("a",), (1,)),
        ({3, 1, 2}, "set", (0, 1, 2), (1, 2, 3)),
        (frozenset("ab"), "set", (0, 1), ("a", "b")),
    ],
)
def test_containers(value, kind, keys, items):
    assert seen(value) == ContainerSeen(kind, keys, items)


def test_devices_are_names():
    assert seen(torch.device("cpu")) == "cpu"


class FunctionLiar(torch.Tensor):
    """Answers for itself wherever torch asks."""

    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        return t([42.0])


class MethodLiar(torch.Tensor):
    """Has methods and attributes of its own for all that is compared."""

    dtype = torch.float32
    shape = (1,)
    device = torch.device("cpu")
    requires_grad = False
    layout = torch.strided

    def lie(self, *args, **kwargs):
        return t([42.0])

    detach = clone = cpu = resolve_conj = resolve_neg = lie

    def size(self, *args):
        return (1,)

    def numel(self):
        return 1


@pytest.mark.parametrize("liar", [FunctionLiar, MethodLiar])
def test_a_tensor_subclass_can_not_answer_for_itself(liar):
    found = seen(t([1, 2]).as_subclass(liar))
    assert type(found.values) is torch.Tensor
    assert found.values.tolist() == [1, 2]
    assert (found.dtype, found.shape) == (torch.int64, (2,))


class DispatchLiar(torch.Tensor):
    """A wrapper that computes what it likes."""

    @staticmethod
    def __new__(cls):
        return torch.Tensor._make_wrapper_subclass(cls, (1,), dtype=torch.float32)

    @classmethod
    def __torch_dispatch__(cls, func, types, args=(), kwargs=None):
        return return_and_correct_aliasing(func, args, kwargs, t([42.0]))


def test_a_tensor_that_dispatches_itself_is_opaque():
    assert seen(DispatchLiar()) == OpaqueSeen("DispatchLiar")


class Same:
    """Equal to everything."""

    def __eq__(self, other):
        return True

    def __hash__(self):
        return 1


class Float(float):
    __eq__ = Same.__eq__
    __hash__ = Same.__hash__


class Int(int):
    __eq__ = Same.__eq__
    __hash__ = Same.__hash__


class Str(str):
    __eq__ = Same.__eq__
    __hash__ = Same.__hash__


class Pretends:
    """Says that it is of another class."""

    def __init__(self, kind):
        self.kind = kind

    @property
    def __class__(self):
        return self.kind


@pytest.mark.parametrize("value", [Same(), Float(1), Int(1), Str("a")])
def test_values_equal_to_everything_are_opaque(value):
    assert seen(value) == OpaqueSeen(type(value).__name__)
    (item,) = seen([value]).items
    assert item == OpaqueSeen(type(value).__name__)


@pytest.mark.parametrize("key", [Same(), Str("a")])
def test_keys_equal_to_everything_do_not_get_through(key):
    assert seen({key: 1}) != seen({"b": 1})
    assert seen({"b": 1}) != seen({key: 1})


@pytest.mark.parametrize("kind", [torch.Tensor, np.ndarray, list, dict, torch.device])
def test_a_class_that_is_only_claimed_does_not_count(kind):
    assert seen(Pretends(kind)) == OpaqueSeen("Pretends")


class ListLiar(list):
    def __iter__(self):
        return iter([42])


class TupleLiar(tuple):
    def __iter__(self):
        return iter([42])


class DictLiar(dict):
    def keys(self):
        return ["lie"]

    def values(self):
        return [42]

    def __iter__(self):
        return iter(["lie"])


class ArrayLiar(np.ndarray):
    shape = (1,)
    size = 1
    dtype = np.dtype("float32")

    def __array__(self, *args, **kwargs):
        return np.array([42.0])


@pytest.mark.parametrize(
    ("liar", "plain"),
    [
        (ListLiar([1, 2]), [1, 2]),
        (TupleLiar((1, 2)), (1, 2)),
        (DictLiar(a=1), {"a": 1}),
    ],
)
def test_a_container_subclass_can_not_answer_for_itself(liar, plain):
    assert seen(liar) == seen(plain)


def test_an_array_subclass_can_not_answer_for_itself():
    found = seen(np.arange(2).view(ArrayLiar))
    assert (found.values.tolist(), found.dtype, found.shape) == ([0, 1], "int64", (2,))


def test_a_nan_is_seen():
    assert math.isnan(seen(math.nan))


def given_other_memory(x):
    x.data = x.data.clone()


@pytest.mark.parametrize(
    "change",
    [given_other_memory, torch.Tensor.t_, lambda x: x.resize_(2, 1), lambda x: x.unsqueeze_(0)],
    ids=["other memory", "other strides", "smaller", "another dimension"],
)
def test_a_tensor_that_is_another_but_for_its_values_has_another_place(change):
    x = torch.arange(6.0).view(2, 3)
    before = place_in_memory(x)
    x.add_(1).requires_grad_()
    assert place_in_memory(x) == before
    change(x.requires_grad_(False))
    assert place_in_memory(x) != before


def test_of_no_elements_the_shape_alone_counts():
    x = torch.ones(2, 0)
    before = place_in_memory(x)
    x.data = torch.empty(4)[:0].view(2, 0)
    assert place_in_memory(x) == before
    assert place_in_memory(x.t()) != before


def test_what_has_no_memory_of_its_own_has_no_place():
    places = [place_in_memory(torch.eye(2).to_sparse()), place_in_memory(torch.ones(2).to("meta"))]

    def double(x):
        places.append(place_in_memory(x))
        return (2 * x).sum()

    torch.func.vmap(double)(torch.ones(3, 2))
    torch.func.grad(double)(torch.ones(3))
    assert places == [()] * 4


def test_paths_of_tensors():
    a, b, c, d = (t(float(n)) for n in range(4))
    data = {"x": a, "pair": (b, [c]), "named": {"k": d, 3: "no tensor"}, "n": 5}
    found = list(tensors_in(data))
    assert [path for path, _ in found] == ["x", "pair[0]", "pair[1][0]", "named['k']"]
    assert all(one is other for (_, one), other in zip(found, (a, b, c, d), strict=True))
    assert [path for path, _ in tensors_in([a, {"k": b}], "result")] == [
        "result[0]",
        "result[1]['k']",
    ]
    assert [path for path, _ in tensors_in(a, "result")] == ["result"]
    assert list(tensors_in({"n": 1, "word": "x", "none": None})) == []
