"""Properties and misconceptions of devices/pick_and_move."""

from collections import namedtuple
from contextlib import contextmanager
from unittest import mock

import numpy as np
import torch

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

Sample = namedtuple("Sample", ("image", "label"))
Single = namedtuple("Single", ("value",))

FLOATS = st.dtypes(torch.float32, torch.float64, torch.float16, torch.bfloat16)
OTHERS = st.dtypes(torch.int64, torch.bool, torch.uint8, torch.int32, torch.complex64)
WAYS = st.sampled_from(("there", "back", "stay"))
EXACT = (0.0, 0.0)  # what is moved is not computed with


def journey(tensors, way, device, named=False):
    """The tensors where the way begins, and the device that it ends at."""
    begin = {"there": torch.device("cpu"), "back": device, "stay": device}[way]
    end = torch.device("cpu") if way == "back" else device
    return [each.to(begin) for each in tensors], str(end) if named else end


def types(obj):
    """The types of the containers in obj, from the outside in, and the order of keys."""
    if isinstance(obj, dict):
        return type(obj).__name__, [(str(key), types(value)) for key, value in obj.items()]
    if isinstance(obj, list | tuple):
        return type(obj).__name__, [types(each) for each in obj]
    return "tensor" if isinstance(obj, torch.Tensor) else type(obj).__name__


@forall(examples=1)
def test_finds_the_accelerator(impl):
    """best_device is the accelerator that torch sees, or the CPU where there is none."""
    found = impl.best_device()
    assert_same(
        getattr(found, "type", found),
        getattr(torch.accelerator.current_accelerator(), "type", "cpu"),
    )
    return {"type": getattr(found, "type", found), "class": type(found).__name__}


@forall(examples=1)
def test_falls_back_on_the_cpu(impl):
    """Where the accelerator that torch was built for is not there, best_device is the CPU."""
    with absent():
        found = impl.best_device()
    return getattr(found, "type", found)


@contextmanager
def absent():
    """The accelerator, if there is any, out of sight."""
    accelerator = torch.accelerator.current_accelerator()
    if accelerator is None:
        yield
        return
    module = torch.get_device_module(accelerator)
    gone = {"is_available": lambda: False, "device_count": lambda: 0}
    with mock.patch.multiple(module, **gone):
        yield


@forall(x=st.tensors(dtype=FLOATS), y=st.tensors(dtype=OTHERS), way=WAYS, named=st.booleans())
def test_moves_a_tensor(impl, x, y, way, named, device):
    """A tensor comes back on the device, with its values and its dtype."""
    given, end = journey((x, y), way, device, named)
    result = [impl.to_device(each, end) for each in given]
    assert_same(result, [x.to(end), y.to(end)], EXACT)
    return result


@st.composite
def batches(draw, dtype=torch.float32):
    """Tensors, no two of one size, and what they are packed into."""
    whole = st.tensors(dtype=dtype, shape=draw(st.sampled_from(((2,), (3, 1)))))
    return {
        "tensors": [draw(whole), draw(st.labels(5, (4,))), draw(st.tensors((5,), dtype))],
        "packing": draw(st.sampled_from(tuple(PACKINGS))),
    }


PACKINGS = {
    "list": lambda x, y, z: [x, y, z],
    "tuple": lambda x, y, z: (x, y, z),
    "dict": lambda x, y, z: {"z": z, "x": x, 0: y},
    "named tuple": lambda x, y, z: Sample(x, y),
    "named tuple of one": lambda x, y, z: Single([x, Single(y), z]),
    "empty": lambda x, y, z: [{}, [], (), x, y, z],
    "deep": lambda x, y, z: {"a": [(x, {"b": [y]}), Sample([z], ((x,),))], "c": ()},
}


@forall(
    batches(),
    way=WAYS,
    strata={f"a {name}": {"packing": st.just(name), "way": st.just("there")} for name in PACKINGS},
    tolerance=EXACT,
)
def test_walks_through_containers(impl, tensors, packing, way, device):
    """Containers come back with their tensors moved, of the same types, however deep."""
    given, end = journey(tensors, way, device)
    result = impl.to_device(PACKINGS[packing](*given), end)
    assert_same(result, PACKINGS[packing](*(each.to(end) for each in given)), EXACT)
    return result, types(result)


@forall(batches(), way=WAYS, dtype=st.sampled_from((None, torch.float64)), examples=16)
def test_leaves_what_was_given(impl, tensors, packing, way, dtype, device):
    """What was handed in still holds its own tensors, and the result is a new container."""
    given, end = journey(tensors, way, device)
    pack = PACKINGS[packing]
    batch = pack(*given)
    result = impl.to_device(batch, end, dtype)
    return {
        "still": same(batch, pack(*given)),
        "types": types(batch),
        "new": [a is not b for a, b in containers(batch, result)],
    }


def same(one, other):
    """Whether two packings hold the same objects at the same places."""
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return one is other


def containers(one, other):
    """Pairs of lists and dicts in two packings: those that somebody could change."""
    if isinstance(one, dict) and isinstance(other, dict):
        inside = [(one[key], other[key]) for key in one if key in other]
    elif isinstance(one, list | tuple) and isinstance(other, list | tuple):
        inside = list(zip(one, other, strict=False))
    else:
        return []
    own = [(one, other)] if isinstance(one, list | dict) else []
    return own + [pair for each in inside for pair in containers(*each)]


@forall(
    xs=st.tuples(st.tensors(dtype=FLOATS), st.tensors(dtype=FLOATS), st.tensors(dtype=OTHERS)),
    dtype=st.dtypes(torch.float64, torch.float32, torch.float16),
    way=WAYS,
    tolerance=EXACT,
)
def test_casts_floats_alone(impl, xs, dtype, way, device):
    """With a dtype floating-point tensors are cast to it, and all others keep theirs."""
    (first, second, other), end = journey(xs, way, device)
    result = impl.to_device(obj=[first, {"y": (other, second)}], device=end, dtype=dtype)
    assert_same(
        result,
        [first.to(end, dtype), {"y": (other.to(end), second.to(end, dtype))}],
        EXACT,
    )
    return result


class Opaque:
    """Something that to_device knows nothing of."""


class Vehicle:
    """Something that can be moved, and not to a device."""

    def to(self, *place, **how):
        return Vehicle()


THINGS = {
    "a number": lambda: 1.5,
    "a string": lambda: "cat.png",
    "bytes": lambda: b"cat",
    "None": lambda: None,
    "an array": lambda: np.arange(3.0),
    "a set": lambda: {1, 2},
    "an object": Opaque,
    "an object with a method to": Vehicle,
    "a generator": lambda: (each for each in ()),
}


@forall(
    x=st.tensors((2,)),
    thing=st.sampled_from(tuple(THINGS)),
    dtype=st.sampled_from((None, torch.float64)),
)
def test_leaves_other_things(impl, x, thing, dtype, device):
    """What is no tensor and no container comes back as it is, the same object."""
    made = THINGS[thing]()
    alone = impl.to_device(made, device, dtype)
    within = impl.to_device([made, x, (made,)], device, dtype)
    return alone is made, within[0] is made, within[1], within[2][0] is made


@forall(
    x=st.tensors((3,), torch.float64),
    way=WAYS,
    dtype=st.sampled_from((None, torch.float32)),
    examples=12,
)
def test_gradients_flow_back(impl, x, way, dtype, device):
    """The move is part of the graph: gradients come back to where the tensor was."""
    (leaf,), end = journey((x.detach(),), way, device)
    leaf.requires_grad_()
    (moved,) = impl.to_device([leaf * 2], end, dtype)
    assert moved.requires_grad, "The moved tensor is cut off: no gradient can flow back."
    (moved * 3).sum().backward()
    return leaf.grad


def moved(obj, device, dtype=None):
    """Right, for the misconceptions to call."""
    if isinstance(obj, torch.Tensor):
        return obj.to(device, dtype if obj.is_floating_point() else obj.dtype)
    return walked(obj, lambda each: moved(each, device, dtype))


def walked(obj, change):
    """A container with each item changed; anything else as it is."""
    if isinstance(obj, dict):
        return {key: change(value) for key, value in obj.items()}
    if isinstance(obj, list):
        return [change(each) for each in obj]
    if isinstance(obj, tuple):
        items = [change(each) for each in obj]
        return type(obj)(*items) if hasattr(obj, "_fields") else tuple(items)
    return obj


@misconception(
    of="best_device",
    says="torch.cuda knows CUDA devices alone. There are other accelerators, and torch.accelerator "
    "knows each.",
)
def asks_for_cuda():
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


@misconception(
    of="best_device",
    says="A torch.device is asked for, and yours is its name.",
)
def names_the_device():
    found = torch.accelerator.current_accelerator(check_available=True)
    return getattr(found, "type", "cpu")


@misconception(
    of="best_device",
    says="current_accelerator() names what torch was built for, whether it is there or not. Ask "
    "that too.",
)
def trusts_the_build():
    return torch.accelerator.current_accelerator() or torch.device("cpu")


@misconception(
    of="to_device",
    says="x.to returns the moved tensor and leaves x where it is. Yours drops what it returns.",
)
def ignores_the_result(obj, device, dtype=None):
    if isinstance(obj, torch.Tensor):
        obj.to(device)
        return moved(obj, obj.device, dtype)
    return walked(obj, lambda each: ignores_the_result(each, device, dtype))


@misconception(
    of="to_device",
    says="Only floating-point tensors are cast. Labels and masks are none, and keep their dtype.",
)
def casts_labels(obj, device, dtype=None):
    if isinstance(obj, torch.Tensor):
        return obj.to(device, dtype or obj.dtype)
    return walked(obj, lambda each: casts_labels(each, device, dtype))


@misconception(
    of="to_device",
    says="The argument dtype is never used.",
)
def never_casts(obj, device, dtype=None):
    return moved(obj, device)


@misconception(
    of="to_device",
    says="Containers can lie within each other. Yours looks at the outermost one only.",
)
def walks_one_level(obj, device, dtype=None):
    def shallow(each):
        return moved(each, device, dtype) if isinstance(each, torch.Tensor) else each

    return shallow(obj) if isinstance(obj, torch.Tensor) else walked(obj, shallow)


@misconception(
    of="to_device",
    says="A tuple must come back as a tuple; yours becomes a list.",
)
def makes_lists_of_tuples(obj, device, dtype=None):
    if isinstance(obj, tuple) and not hasattr(obj, "_fields"):
        return [makes_lists_of_tuples(each, device, dtype) for each in obj]
    if isinstance(obj, torch.Tensor):
        return moved(obj, device, dtype)
    return walked(obj, lambda each: makes_lists_of_tuples(each, device, dtype))


@misconception(
    of="to_device",
    says="The class of a named tuple takes its items one by one, not as one sequence.",
)
def builds_named_tuples_from_one_argument(obj, device, dtype=None):
    if isinstance(obj, list | tuple):
        return type(obj)([builds_named_tuples_from_one_argument(x, device, dtype) for x in obj])
    if isinstance(obj, torch.Tensor):
        return moved(obj, device, dtype)
    return walked(obj, lambda each: builds_named_tuples_from_one_argument(each, device, dtype))


@misconception(
    of="to_device",
    says="A named tuple must stay one: whoever asks for sample.label gets an error from a tuple.",
)
def forgets_the_names(obj, device, dtype=None):
    if isinstance(obj, tuple):
        return tuple(forgets_the_names(each, device, dtype) for each in obj)
    if isinstance(obj, torch.Tensor):
        return moved(obj, device, dtype)
    return walked(obj, lambda each: forgets_the_names(each, device, dtype))


@misconception(
    of="to_device",
    says="The dict is the caller's. Yours puts the moved tensors into it; make a new one.",
)
def writes_to_the_dict(obj, device, dtype=None):
    if isinstance(obj, dict):
        for key, value in obj.items():
            obj[key] = writes_to_the_dict(value, device, dtype)
        return obj
    if isinstance(obj, torch.Tensor):
        return moved(obj, device, dtype)
    return walked(obj, lambda each: writes_to_the_dict(each, device, dtype))


@misconception(
    of="to_device",
    says="What was moved is cut off from the graph. to is differentiable; detach and .data are "
    "not.",
)
def cuts_the_graph(obj, device, dtype=None):
    if isinstance(obj, torch.Tensor):
        return moved(obj.detach(), device, dtype)
    return walked(obj, lambda each: cuts_the_graph(each, device, dtype))


@misconception(
    of="to_device",
    says="Not all that is no container is a tensor: strings, numbers and None come back as they "
    "are.",
)
def moves_everything(obj, device, dtype=None):
    if isinstance(obj, dict | list | tuple):
        return walked(obj, lambda each: moves_everything(each, device, dtype))
    return moved(torch.as_tensor(obj), device, dtype)
