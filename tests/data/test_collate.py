"""Properties and misconceptions of data/collate."""

import torch
from torch.utils import _pytree as pytree
from torch.utils.data import default_collate

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

KINDS = (torch.float32, torch.float64, torch.int64, torch.bool)
NUMBERS = {
    "int": st.numbers(torch.int64),
    "float": st.numbers(torch.float64),
    "bool": st.booleans(),
    "int or float": st.one_of(st.integers(-9, 9), st.numbers(torch.float64)),
}
ODD = {"None": None, "a set": {1, 2}, "a complex number": 1j}
TEXTS = st.sampled_from(("cat", "", "dog", "a b"))


@st.composite
def alike(draw):
    """One to three tensors of one shape and dtype."""
    kind = st.tensors(draw(st.shapes(0, 3)), draw(st.dtypes(*KINDS)), special=True)
    return draw(st.lists(kind, min_size=1, max_size=3))


@st.composite
def leaves(draw, count):
    """What `count` samples have at one place."""
    kind = draw(st.sampled_from(("tensor", "text", *NUMBERS)))
    if kind == "tensor":
        each = st.tensors(draw(st.shapes(0, 2, min_side=1)), draw(st.dtypes(*KINDS)))
    else:
        each = NUMBERS.get(kind, TEXTS)
    return [draw(each) for _ in range(count)]


@st.composite
def places(draw, count, depth):
    """`count` samples of one structure."""
    kind = draw(st.sampled_from(("leaf", "tuple", "list", "dict") if depth else ("leaf",)))
    if kind == "leaf":
        return draw(leaves(count))
    fields = [draw(places(count, depth - 1)) for _ in range(draw(st.sampled_from((2, 1, 3, 0))))]
    samples = [[field[number] for field in fields] for number in range(count)]
    if kind == "list":
        return samples
    if kind == "tuple":
        return [tuple(sample) for sample in samples]
    named = [dict(zip("xyz", sample, strict=False)) for sample in samples]
    return [
        dict(reversed(sample.items())) if number % 2 else sample
        for number, sample in enumerate(named)
    ]


@st.composite
def structured(draw):
    count = draw(st.integers(1, 3))
    outer = [draw(places(count, 2)) for _ in range(draw(st.integers(1, 2)))]
    return [tuple(field[number] for field in outer) for number in range(count)]


@st.composite
def of_two_lengths(draw):
    """Samples of which one has a field too many, alone or within a dict."""
    count, fields = draw(st.integers(2, 3)), draw(st.integers(1, 2))
    longer = draw(st.integers(0, count - 1))
    kind = draw(st.sampled_from((tuple, list)))
    samples = [kind(range(fields + (number == longer))) for number in range(count)]
    return [{"x": sample} for sample in samples] if draw(st.booleans()) else samples


@st.composite
def sequences(draw, kinds=KINDS[:3], requires_grad=False):
    """Tensors whose first sides differ, and a padding of their dtype."""
    kind = draw(st.dtypes(*kinds))
    sides = draw(st.shapes(0, 2, min_side=1))
    lengths = draw(st.lists(st.sampled_from((1, 2, 3, 0)), min_size=1, max_size=4))
    batch = [
        draw(st.tensors((length, *sides), kind, requires_grad=requires_grad)) for length in lengths
    ]
    paddings = [0.0, -100.0] if kind is torch.int64 else [0.0, -1.5, 0.1, torch.nan, -torch.inf]
    return {"batch": batch, "pad": draw(st.sampled_from(paddings))}


def together(*leaves):
    """The batch of what samples have at one place, which is no container."""
    if isinstance(leaves[0], str):
        return list(leaves)
    return torch.stack(leaves) if isinstance(leaves[0], torch.Tensor) else torch.tensor(leaves)


def padded(batch, pad):
    """Each sequence, and as many rows of padding as it lacks."""
    longest = max(map(len, batch))
    missing = [each.new_full((longest - len(each), *each.shape[1:]), pad) for each in batch]
    return torch.stack([torch.cat(pair) for pair in zip(batch, missing, strict=True)])


@forall(batch=alike(), aliasing=True)
def test_stacks_tensors(impl, batch):
    """Tensors become one tensor with a new first dimension, in memory of its own."""
    result = impl.collate(batch)
    assert_same(result, default_collate(batch))
    return result


@forall(
    batch=st.sampled_from(tuple(NUMBERS)).flatmap(
        lambda kind: st.lists(NUMBERS[kind], min_size=1, max_size=4)
    ),
    strata={"an int first": {"batch": st.just([1, 2.5])}},
)
def test_makes_a_tensor_of_numbers(impl, batch):
    """Numbers become what torch.tensor makes of the list of them."""
    result = impl.collate(batch=batch)
    assert_same(result, torch.tensor(batch))
    return result


@forall(batch=st.lists(TEXTS, min_size=1, max_size=3))
def test_lists_strings(impl, batch):
    """Strings become a list of them."""
    result = impl.collate(batch)
    assert_same(result, default_collate(batch))
    return result


@forall(batch=structured(), aliasing=True)
def test_keeps_the_structure(impl, batch):
    """Tuples, lists and dicts keep their kind, and each place in them is a batch, to any depth."""
    result = impl.collate(batch)
    assert_same(result, pytree.tree_map(together, *batch))
    return result


@forall(batch=of_two_lengths(), raises=ValueError)
def test_refuses_two_lengths(impl, batch):
    """Tuples or lists of different lengths at one place are refused with a ValueError."""
    return impl.collate(batch)


@forall(
    odd=st.sampled_from(tuple(ODD)),
    count=st.integers(1, 2),
    within=st.booleans(),
    raises=TypeError,
)
def test_refuses_what_is_no_sample(impl, odd, count, within):
    """None, sets and the like, alone or in a place, are refused with a TypeError."""
    return impl.collate([(1, ODD[odd]) if within else ODD[odd]] * count)


@forall(batch=st.lists(st.tensors((2, 3), requires_grad=True), min_size=1, max_size=3))
def test_gradients_reach_the_samples(impl, batch):
    """A batch is part of the graph: gradients reach the samples."""
    result = impl.collate([(each, 1) for each in batch])[0]
    factors = torch.arange(1.0, 1 + result.numel(), device=result.device).view_as(result)
    return torch.autograd.grad((result * factors).sum(), batch)


@forall(
    sequences(),
    aliasing=True,
    strata={"one sequence": {"batch": st.tensors((3, 2)).map(lambda x: [x]), "pad": st.just(0.0)}},
)
def test_pads_at_the_end(impl, batch, pad):
    """pad_collate fills up to the longest sequence, with pad, at the end, in its own memory."""
    result = impl.pad_collate(batch, pad)[0]
    assert_same(result, padded(batch, pad))
    return result


@forall(sequences())
def test_tells_the_lengths(impl, batch, pad):
    """pad_collate gives a tuple, whose second is the lengths as they were, int64 on the CPU."""
    result = impl.pad_collate(batch=batch, pad=pad)
    assert_same(result, (padded(batch, pad), torch.tensor([each.shape[0] for each in batch])))
    return result


@forall(sequences(kinds=KINDS[:2], requires_grad=True))
def test_gradients_reach_the_sequences(impl, batch, pad):
    """What pad_collate gives is part of the graph: gradients reach the sequences."""
    result = impl.pad_collate(batch, pad)[0]
    factors = torch.arange(1, 1 + result.numel(), device=result.device).view_as(result)
    return torch.autograd.grad((result.nan_to_num(0, 0, 0) * factors).sum(), batch)


def _collated(batch, stack=torch.stack, numbers=torch.tensor, texts=list, zipped=None):
    """All of it right but for what is given."""

    def again(each):
        return _collated(list(each), stack, numbers, texts, zipped)

    first = batch[0]
    if isinstance(first, torch.Tensor):
        return stack(batch)
    if isinstance(first, int | float):
        return numbers(batch)
    if isinstance(first, str):
        return texts(batch)
    if isinstance(first, dict):
        return {key: again([sample[key] for sample in batch]) for key in first}
    if isinstance(first, tuple | list):
        rows = zipped(*batch) if zipped else zip(*batch, strict=True)
        return type(first)(again(row) for row in rows)
    raise TypeError(type(first))


@misconception(
    of="collate",
    says="torch.tensor makes a tensor of numbers, and of tensors only where each has one element. "
    "It also leaves the graph. Tensors are put together by another function.",
)
def makes_a_tensor_of_tensors(batch):
    return _collated(batch, stack=torch.tensor)


@misconception(
    of="collate",
    says="cat joins tensors along a dimension that they have. The samples need a new one, or "
    "nobody knows where one ends.",
)
def joins_the_tensors(batch):
    return _collated(batch, stack=torch.cat)


@misconception(
    of="collate",
    says="These are the rules of torch's default_collate: floats become float64 there, and a tuple "
    "becomes a list. Here float32 and a tuple are asked for.",
)
def takes_the_default(batch):
    return default_collate(batch)


@misconception(
    of="collate",
    says="Numbers stay a list. A loss wants its labels as a tensor.",
)
def leaves_numbers(batch):
    return _collated(batch, numbers=list)


@misconception(
    of="collate",
    says="All numbers become float32. Whole numbers are to be int64, which labels must be, and "
    "bools bool.",
)
def makes_floats_of_all(batch):
    return _collated(batch, numbers=lambda given: torch.tensor(given, dtype=torch.float32))


@misconception(
    of="collate",
    says="zip stops at the shortest: fields of the longer samples are lost without a word. Have it "
    "refuse them.",
)
def drops_fields(batch):
    return _collated(batch, zipped=zip)


@misconception(
    of="collate",
    says="A sample may be nested deeper than a tuple of tensors: within each place the same rules "
    "hold again.",
)
def goes_one_level_deep(batch):
    if isinstance(batch[0], tuple):
        return tuple(
            list(field) if isinstance(field[0], tuple | list | dict) else _collated(list(field))
            for field in zip(*batch, strict=True)
        )
    return _collated(batch)


@misconception(
    of="collate",
    says="What has no rule comes out as a list. It is to be refused with a TypeError, before it "
    "gets to the model.",
)
def lets_all_else_pass(batch):
    try:
        return _collated(batch)
    except TypeError:
        return batch


def _padded(batch, pad, longest=None, place=lambda length, longest: slice(length), **kind):
    longest = max(map(len, batch)) if longest is None else longest
    whole = batch[0].new_full((len(batch), longest, *batch[0].shape[1:]), pad, **kind)
    for row, each in zip(whole, batch, strict=True):
        row[place(len(each), longest)] = each[:longest]
    return whole


def _lengths(batch):
    return torch.tensor([len(each) for each in batch])


@misconception(
    of="pad_collate",
    says="The padding stands before the sequences. It belongs after their end.",
)
def pads_at_the_front(batch, pad):
    return _padded(
        batch, pad, place=lambda length, longest: slice(longest - length, longest)
    ), _lengths(batch)


@misconception(of="pad_collate", says="The argument pad is never used: the padding is 0.")
def pads_with_zeros(batch, pad):
    return _padded(batch, 0), _lengths(batch)


@misconception(
    of="pad_collate",
    says="pad_sequence puts the steps first and the samples second, unless it is told otherwise.",
)
def puts_the_steps_first(batch, pad):
    return _padded(batch, pad).transpose(0, 1), _lengths(batch)


@misconception(
    of="pad_collate",
    says="These are the lengths after padding, all the same. The lengths before are asked for.",
)
def measures_after_padding(batch, pad):
    whole = _padded(batch, pad)
    return whole, torch.tensor([len(each) for each in whole])


@misconception(
    of="pad_collate",
    says="The longer sequences are cut to the length of the shortest. Nothing is to be lost: the "
    "longest sets the length.",
)
def cuts_to_the_shortest(batch, pad):
    return _padded(batch, pad, min(map(len, batch))), _lengths(batch)


@misconception(
    of="pad_collate",
    says="The result is always float32. It has the dtype of the sequences: ids of words are int64.",
)
def pads_in_float32(batch, pad):
    return _padded(batch, pad, dtype=torch.float32), _lengths(batch)


@misconception(
    of="collate",
    says="A tuple has become a list, as in torch's default_collate. Here a tuple stays a tuple.",
)
def makes_lists_of_tuples(batch):
    if isinstance(batch[0], tuple):
        return [makes_lists_of_tuples(list(row)) for row in zip(*batch, strict=True)]
    return _collated(batch)


@misconception(
    of="collate",
    says="A batch of one shares its sample's memory: unsqueeze and None between the brackets give "
    "views.",
)
def gives_a_view_of_one(batch):
    def stack(given):
        return given[0][None] if len(given) == 1 else torch.stack(given)

    return _collated(batch, stack=stack)


@misconception(
    of="collate",
    says="The values of dicts are put together by their position. Dicts with the same keys can "
    "have them in another order: ask for each by its key.",
)
def takes_values_in_their_order(batch):
    if isinstance(batch[0], tuple):
        return tuple(takes_values_in_their_order(list(row)) for row in zip(*batch, strict=True))
    if isinstance(batch[0], dict):
        values = [tuple(sample.values()) for sample in batch]
        return dict(zip(batch[0], takes_values_in_their_order(values), strict=True))
    return _collated(batch)


@misconception(
    of="pad_collate",
    says="The lengths lie on the device of the sequences. They are to be on the CPU, whatever the "
    "sequences lie on.",
)
def puts_the_lengths_on_the_device(batch, pad):
    return _padded(batch, pad), _lengths(batch).to(batch[0].device)


@misconception(
    of="pad_collate",
    says="The sequences have changed places: whatever belongs to them, their labels say, no longer "
    "does. Keep the order.",
)
def sorts_by_length(batch, pad):
    batch = sorted(batch, key=len, reverse=True)
    return _padded(batch, pad), _lengths(batch)


@misconception(
    of="collate",
    says="The first sample's length is taken for that of all. Fields of a longer one are lost, and "
    "with a shorter one the index is out of range. Compare the lengths.",
)
def counts_the_fields_of_the_first(batch):
    def columns(*rows):
        return [[row[place] for row in rows] for place in range(len(rows[0]))]

    return _collated(batch, zipped=columns)


@misconception(
    of="collate",
    says="Floats become float64, as in torch's default_collate. torch.tensor by itself makes "
    "float32 of them, which a model computes with.",
)
def makes_float64_of_floats(batch):
    def numbers(given):
        kind = torch.float64 if isinstance(given[0], float) else None
        return torch.tensor(given, dtype=kind)

    return _collated(batch, numbers=numbers)
