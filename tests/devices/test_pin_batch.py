"""Properties and misconceptions of devices/pin_batch."""

from collections import namedtuple
from contextlib import contextmanager
from unittest import mock

import numpy as np
import torch
from torch.utils.data import DataLoader

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

Sample = namedtuple("Sample", ("image", "label"))
Single = namedtuple("Single", ("value",))
NONE = "Cannot access accelerator device when none is available."
EXACT = (0.0, 0.0)  # what is pinned is not computed with


@st.composite
def samples(draw):
    """Tensors of one shape, on the CPU, and a class id for each."""
    shape = draw(st.sampled_from(((2,), (3, 2), (1,), ())))
    dtype = draw(st.dtypes(torch.float32, torch.float64, torch.int64))
    count = draw(st.sampled_from((2, 3, 1, 4)))
    return {
        "xs": [draw(st.tensors(shape, dtype)) for _ in range(count)],
        "ys": draw(st.lists(st.integers(0, 9), min_size=count, max_size=count)),
    }


def pairs(xs, ys):
    """The samples as a dataset has them, on the CPU."""
    return [(x.cpu(), y) for x, y in zip(xs, ys, strict=True)]


def told(batch, kind):
    """What a batch is, a Batch or something else, what it holds, and whether that is pinned."""
    tensors = getattr(batch, "x", None), getattr(batch, "y", None)
    return {
        "is": "a Batch" if isinstance(batch, kind) else type(batch).__name__,
        "holds": tensors,
        "pinned": [is_pinned(each) for each in tensors],
    }


def is_pinned(obj):
    return obj.is_pinned() if isinstance(obj, torch.Tensor) and obj.is_cpu else None


@contextmanager
def without_accelerator():
    """A machine on which nothing can be pinned: torch refuses, as it does where it sees none."""
    accelerator = torch.accelerator.current_accelerator()

    def refuse(*args, **kwargs):
        raise RuntimeError(NONE)

    with mock.patch.object(torch.Tensor, "pin_memory", refuse):
        if accelerator is None:
            yield
            return
        module = torch.get_device_module(accelerator)
        gone = {"is_available": lambda: False, "device_count": lambda: 0}
        with mock.patch.multiple(module, **gone):
            yield


@forall(samples(), tolerance=EXACT)
def test_batch_stacks_the_samples(impl, xs, ys):
    """A Batch has the samples' tensors stacked in x, and their class ids in y."""
    batch = impl.Batch(pairs(xs, ys))
    assert_same((batch.x, batch.y), (torch.stack([x.cpu() for x in xs]), torch.tensor(ys)))
    return batch.x, batch.y


@forall(samples(), tolerance=EXACT, examples=12)
def test_batch_pins_its_tensors(impl, xs, ys):
    """pin_memory returns a Batch with the same values, pinned where there is an accelerator."""
    pinned = told(impl.Batch(samples=pairs(xs, ys)).pin_memory(), impl.Batch)
    assert_same(pinned["pinned"], [torch.accelerator.is_available()] * 2)
    return pinned


@forall(samples(), size=st.sampled_from((2, 1, 3)), tolerance=EXACT, examples=12)
def test_a_loader_hands_it_on(impl, xs, ys, size):
    """A DataLoader with Batch as collate_fn yields each batch, pinned where it can be."""
    loader = DataLoader(
        pairs(xs, ys),
        batch_size=size,
        collate_fn=impl.Batch,
        pin_memory=torch.accelerator.is_available(),
    )
    return [told(batch, impl.Batch) for batch in loader]


PACKINGS = {
    "alone": lambda x, y, z: x,
    "list": lambda x, y, z: [x, y, z],
    "tuple": lambda x, y, z: (x, y, z),
    "dict": lambda x, y, z: {"z": z, "x": x, 0: y},
    "named tuple": lambda x, y, z: Sample(x, y),
    "named tuple of one": lambda x, y, z: Single([x, Single(y), z]),
    "deep": lambda x, y, z: {"a": [(x, {"b": [y]}), Sample([z], ((x,),))], "c": ()},
}


def outline(obj):
    """What obj is made of, from the outside in: types, keys in order, what is pinned."""
    if isinstance(obj, dict):
        return type(obj).__name__, [(str(key), outline(value)) for key, value in obj.items()]
    if isinstance(obj, list | tuple):
        return type(obj).__name__, [outline(each) for each in obj]
    return is_pinned(obj) if isinstance(obj, torch.Tensor) else type(obj).__name__


@st.composite
def packed(draw):
    """Three tensors, no two of one size, and what they are packed into."""
    kind = st.dtypes(torch.float32, torch.float64, torch.int64, torch.bool)
    return {
        "tensors": [draw(st.tensors((side,), draw(kind))) for side in (2, 3, 4)],
        "packing": draw(st.sampled_from(tuple(PACKINGS))),
    }


@forall(
    packed(),
    strata={f"a {name}": {"packing": st.just(name)} for name in PACKINGS},
    tolerance=EXACT,
)
def test_pins_what_is_nested(impl, tensors, packing):
    """pin comes back with all tensors pinned, in containers of the same types, however deep."""
    given = [each.cpu() for each in tensors]
    batch = PACKINGS[packing](*given)
    result = impl.pin(batch)
    return result, outline(result), outline(batch)


@forall(packed(), tolerance=EXACT, examples=12)
def test_leaves_what_is_on_the_device(impl, tensors, packing):
    """A tensor on an accelerator comes back as it is, among others that are pinned."""
    first, *rest = tensors
    result = impl.pin(PACKINGS[packing](first, *(each.cpu() for each in rest)))
    return result, outline(result)


class Asked:
    """An object that can be pinned, and returns another one for it."""

    def __init__(self, what):
        self.what = what
        self.asked = 0

    def pin_memory(self):
        self.asked += 1
        return Asked(f"{self.what}, pinned")


class Unasked:
    """An object that can't be pinned."""


THINGS = {
    "a number": lambda: 1.5,
    "a string": lambda: "cat.png",
    "None": lambda: None,
    "an array": lambda: np.arange(3.0),
    "a set": lambda: {1, 2},
    "an object": Unasked,
}


@forall(x=st.tensors((2,)), thing=st.sampled_from(tuple(THINGS)), examples=16)
def test_leaves_other_things(impl, x, thing):
    """What can't be pinned comes back as it is, the same object."""
    made = THINGS[thing]()
    within = impl.pin([made, x.cpu(), (made,)])
    return impl.pin(made) is made, within[0] is made, outline(within[1]), within[2][0] is made


@forall(what=st.sampled_from(("a graph", "a sentence")), examples=4)
def test_asks_objects(impl, what):
    """An object with a method pin_memory is asked, and what that returns is taken."""
    first, second = Asked(what), Asked(f"another than {what}")
    result = impl.pin(obj=[first, {"b": (second,)}])
    found = [result[0], result[1]["b"][0]]
    return {
        "asked": [first.asked, second.asked],
        "returned": [getattr(each, "what", each) for each in found],
    }


@forall(samples(), tolerance=EXACT, examples=6)
def test_batch_stays_without_an_accelerator(impl, xs, ys):
    """Without an accelerator pin_memory returns the batch, unpinned, and nothing is raised."""
    batch = impl.Batch(pairs(xs, ys))
    with without_accelerator():
        result = batch.pin_memory()
    return told(result, impl.Batch)


@forall(packed(), tolerance=EXACT, examples=12)
def test_all_stays_without_an_accelerator(impl, tensors, packing):
    """Without an accelerator pin gives all back as it is, and nothing is raised."""
    batch = PACKINGS[packing](*(each.cpu() for each in tensors))
    with without_accelerator():
        result = impl.pin(batch)
    return result, outline(result)


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


def pinned(obj):
    """Right, for the misconceptions to call."""
    if isinstance(obj, torch.Tensor):
        return obj.pin_memory() if obj.is_cpu and torch.accelerator.is_available() else obj
    if hasattr(obj, "pin_memory"):
        return obj.pin_memory()
    return walked(obj, pinned)


class _Answer:
    """What the misconceptions have in common: all of it right but for what each one changes."""

    def __init__(self, samples):
        self.x = torch.stack([x for x, _ in samples])
        self.y = torch.tensor([y for _, y in samples])

    def pin_memory(self):
        self.x, self.y = pinned(self.x), pinned(self.y)
        return self


@misconception(
    of="Batch",
    says="A loader hands on what pin_memory returns. A method without a return gives it None.",
)
class ReturnsNone(_Answer):
    def pin_memory(self):
        super().pin_memory()


@misconception(
    of="Batch",
    says="pin_memory of a tensor returns the pinned copy. Yours drops it, and keeps the tensor.",
)
class DropsThePinnedCopy(_Answer):
    def pin_memory(self):
        pinned(self.x)
        pinned(self.y)
        return self


@misconception(
    of="Batch",
    says="The class ids are copied to the device too. Pin both tensors.",
)
class PinsTheInputsAlone(_Answer):
    def pin_memory(self):
        self.x = pinned(self.x)
        return self


@misconception(
    of="Batch",
    says="The loader goes on with what it is given: a pair of tensors is no Batch.",
)
class ReturnsThePair(_Answer):
    def pin_memory(self):
        return pinned(self.x), pinned(self.y)


@misconception(
    of="Batch",
    says="Not every machine has an accelerator, and without one torch refuses to pin.",
)
class PinsWithoutAnAccelerator(_Answer):
    def pin_memory(self):
        self.x, self.y = self.x.pin_memory(), self.y.pin_memory()
        return self


@misconception(
    of="Batch",
    says="stack makes a new first dimension for the samples. cat puts them one behind the other.",
)
class JoinsTheSamples(_Answer):
    def __init__(self, samples):
        super().__init__(samples)
        self.x = torch.cat([torch.atleast_1d(x) for x, _ in samples])


@misconception(
    of="pin",
    says="torch refuses to pin what is on an accelerator. Such a tensor comes back as it is.",
)
def pins_on_the_device(obj):
    if isinstance(obj, torch.Tensor):
        return obj.pin_memory() if torch.accelerator.is_available() else obj
    return obj.pin_memory() if hasattr(obj, "pin_memory") else walked(obj, pins_on_the_device)


@misconception(
    of="pin",
    says="On a machine without an accelerator torch refuses to pin. Ask first.",
)
def pins_without_an_accelerator(obj):
    if isinstance(obj, torch.Tensor):
        return obj.pin_memory() if obj.is_cpu else obj
    if hasattr(obj, "pin_memory"):
        return obj.pin_memory()
    return walked(obj, pins_without_an_accelerator)


@misconception(
    of="pin",
    says="An object with a method pin_memory knows how it is pinned. Ask it.",
)
def knows_tensors_alone(obj):
    return pinned(obj) if isinstance(obj, torch.Tensor) else walked(obj, knows_tensors_alone)


@misconception(
    of="pin",
    says="An object may return another one from pin_memory. What it returns is what counts.",
)
def drops_what_objects_return(obj):
    if isinstance(obj, torch.Tensor):
        return pinned(obj)
    if hasattr(obj, "pin_memory"):
        obj.pin_memory()
        return obj
    return walked(obj, drops_what_objects_return)


@misconception(
    of="pin",
    says="Containers can lie within each other. Yours looks at the outermost one only.",
)
def walks_one_level(obj):
    def shallow(each):
        return pinned(each) if hasattr(each, "pin_memory") else each

    return shallow(obj) if hasattr(obj, "pin_memory") else walked(obj, shallow)


@misconception(
    of="pin",
    says="A tuple must come back as a tuple, and a named one with its names.",
)
def makes_lists_of_tuples(obj):
    if isinstance(obj, tuple):
        return [makes_lists_of_tuples(each) for each in obj]
    return pinned(obj) if hasattr(obj, "pin_memory") else walked(obj, makes_lists_of_tuples)


@misconception(
    of="pin",
    says="The dict is the caller's. Yours puts the pinned tensors into it; make a new one.",
)
def writes_to_the_dict(obj):
    if isinstance(obj, dict):
        for key, value in obj.items():
            obj[key] = writes_to_the_dict(value)
        return obj
    return pinned(obj) if hasattr(obj, "pin_memory") else walked(obj, writes_to_the_dict)
