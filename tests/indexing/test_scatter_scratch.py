"""Properties and misconceptions of indexing/scatter_scratch."""

import torch
from torch import Tensor

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

WITHOUT = [torch.scatter, torch.scatter_add, torch.scatter_reduce]

FILLED = st.one_of(st.shapes(2, 3, min_side=2), st.shapes(1, 3, min_side=1))
SHAPES = st.one_of(FILLED, st.shapes(1, 3))


OWN_VALUES = [layout for layout in st.LAYOUTS if layout != "expanded"]
"""Layouts that keep every value: an expanded index would name a place twice."""

EXACT = (0.0, 0.0)  # nothing is computed, so nothing may be rounded


@st.composite
def places(draw, shapes=SHAPES):
    """The shape of x, a dim from either end, and an index that names each place at most once."""
    shape = draw(shapes)
    dim = draw(st.integers(0, len(shape) - 1))
    lengths = [max(length - draw(st.integers(0, 1)), min(length, 1)) for length in shape]
    lengths[dim] = draw(st.sampled_from(range(shape[dim], -1, -1)))
    order = torch.tensor(draw(st.permutations(range(shape[dim])))[: lengths[dim]])
    start = draw(st.labels(max(shape[dim], 1), shape=(*lengths[:dim], 1, *lengths[dim + 1 :])))
    along = order.long().view(-1, *[1] * (len(shape) - dim - 1))
    index = (along + start) % max(shape[dim], 1)
    return {
        "shape": shape,
        "dim": dim - draw(st.sampled_from((0, len(shape)))),
        "index": st.laid_out(index.contiguous(), draw(st.sampled_from(OWN_VALUES))),
    }


@st.composite
def writes(draw, dtype=None, shapes=SHAPES):
    """x, dim and index, and a src that is larger than the index or no larger than it."""
    made = draw(places(shapes))
    kind = dtype or draw(st.ANY_DTYPE)
    sizes = tuple(length + draw(st.integers(0, 1)) for length in made["index"].shape)
    x = draw(st.tensors(made["shape"], kind, layouts=["contiguous"], special=dtype is None))
    src = draw(st.tensors(sizes, kind, layouts=["contiguous"]))
    return {
        "x": st.laid_out(x, draw(st.sampled_from(st.LAYOUTS))),
        "dim": made["dim"],
        "index": made["index"],
        "src": st.laid_out(src, draw(st.sampled_from(st.LAYOUTS))),
    }


@st.composite
def number_writes(draw):
    """x, dim and index, and a number for src."""
    made = draw(places())
    dtype = draw(st.dtypes(torch.float32, torch.float64, torch.int64))
    return {
        "x": draw(st.tensors(made["shape"], dtype)),
        "dim": made["dim"],
        "index": made["index"],
        "src": draw(st.one_of(st.numbers(dtype), st.integers(-9, 9))),
    }


@st.composite
def weighted_writes(draw):
    """A write, and a gradient for each value of its result."""
    write = draw(writes(torch.float64, FILLED))
    return {**write, "weights": draw(st.tensors(tuple(write["x"].shape), torch.float64))}


def cube_of(size):
    index = (torch.arange(size) + torch.arange(size).unsqueeze(1)) % size
    src = torch.arange((size + 1) ** 3).view(size + 1, size + 1, size + 1)
    x = torch.zeros(size, size, size, dtype=torch.int64)
    return {"x": x, "dim": 1, "index": index.expand(size, size, size), "src": src}


def numbered_cube_of(size):
    return {**cube_of(size), "src": 5}


def corner(src, index):
    return src[tuple(slice(length) for length in index.shape)]


def gradients_of_scatter(x, dim, index, src, weights):
    leaves = [x.detach().requires_grad_(), src.detach().requires_grad_()]
    result = torch.scatter(leaves[0], dim, index, corner(leaves[1], index))
    return torch.autograd.grad(result, leaves, weights)


@forall(
    writes(),
    ban=WITHOUT,
    vectorized=cube_of,
    tolerance=EXACT,
    aliasing=True,
    strata=st.telling_dtypes(writes),
)
def test_agrees_with_torch_scatter(impl, x, dim, index, src):
    """Each value of src in the index's corner goes to its place; the result is else as x was."""
    before = x.clone()
    result = impl.scatter(x, dim, index, src)
    assert_same(result, torch.scatter(before, dim, index, src))
    return result


@forall(number_writes(), ban=WITHOUT, vectorized=numbered_cube_of, tolerance=EXACT, aliasing=True)
def test_writes_a_number(impl, x, dim, index, src):
    """A number goes to every place that the index names."""
    before = x.clone()
    result = impl.scatter(x=x, dim=dim, index=index, src=src)
    assert_same(result, torch.scatter(before, dim, index, src))
    return result


@forall(weighted_writes(), ban=WITHOUT, examples=20)
def test_gradient_returns_to_where_values_came_from(impl, x, dim, index, src, weights):
    """x gets the gradients of the values that it kept, and src those of the values it gave."""
    leaves = [x.detach().requires_grad_(), src.detach().requires_grad_()]
    result = impl.scatter(leaves[0], dim, index, leaves[1])
    assert result.requires_grad, "The result is cut off from x and src: no gradient can flow back."
    gradients = torch.autograd.grad(result, leaves, weights, materialize_grads=True)
    assert_same(gradients, gradients_of_scatter(x, dim, index, src, weights))
    return result, gradients


def counting(lengths, device):
    """For each dimension a tensor that counts along it."""
    return list(torch.meshgrid([torch.arange(n, device=device) for n in lengths], indexing="ij"))


def cut(src, index):
    return corner(src, index) if isinstance(src, Tensor) else src


@misconception(
    of="scatter",
    says="An indexed assignment writes to the tensor that it is called on: yours changes x, and "
    "returns it. The result is to be a new tensor.",
)
def writes_to_x(x, dim, index, src):
    places = counting(index.shape, x.device)
    places[dim] = index
    x[tuple(places)] = cut(src, index)
    return x


@misconception(
    of="scatter",
    says="contiguous() copies only where it must. An x that is contiguous already comes back as "
    "it is, and your writes change it.",
)
def takes_contiguous_for_a_copy(x, dim, index, src):
    result = x.contiguous()
    places = counting(index.shape, x.device)
    places[dim] = index
    result[tuple(places)] = cut(src, index)
    return result


@misconception(
    of="scatter",
    says="src can be larger than the index. Only its corner of the index's shape is to be read.",
)
def uses_all_of_src(x, dim, index, src):
    result = x.clone()
    places = counting(index.shape, x.device)
    places[dim] = index
    result[tuple(places)] = src
    return result


@misconception(
    of="scatter",
    says="The values that you take are the first ones of src in reading order. The value for the "
    "index's place i, j is the one at i, j of src.",
)
def takes_the_first_values_of_src(x, dim, index, src):
    result = x.clone()
    places = counting(index.shape, x.device)
    places[dim] = index
    if isinstance(src, Tensor):
        src = src.flatten()[: index.numel()].view(index.shape)
    result[tuple(places)] = src
    return result


@misconception(
    of="scatter",
    says="The index names the place to write to, not the one to read. Yours reads src at the "
    "named place, and writes to the place of the index: that is what gather does.",
)
def gathers_from_src(x, dim, index, src):
    result = x.clone()
    places = counting(index.shape, x.device)
    here = tuple(places)
    places[dim] = index
    result[here] = src[tuple(places)] if isinstance(src, Tensor) else src
    return result


@misconception(
    of="scatter",
    says="src can be a number, which has no shape and takes no index.",
)
def expects_a_tensor(x, dim, index, src):
    result = x.clone()
    places = counting(index.shape, x.device)
    places[dim] = index
    result[tuple(places)] = src[tuple(slice(length) for length in index.shape)]
    return result


@misconception(
    of="scatter",
    says="Where the index names no place, the result keeps what is in x. Yours has zeros there.",
)
def begins_with_zeros(x, dim, index, src):
    result = torch.zeros_like(x)
    places = counting(index.shape, x.device)
    places[dim] = index
    result[tuple(places)] = cut(src, index)
    return result


@misconception(
    of="scatter",
    says="A negative dim counts from the end. Yours never equals the number of a dimension, so the "
    "index isn't used.",
)
def never_meets_a_negative_dim(x, dim, index, src):
    result = x.clone()
    places = counting(index.shape, x.device)
    result[tuple(index if d == dim else places[d] for d in range(x.dim()))] = cut(src, index)
    return result


@misconception(
    of="scatter",
    says="The index can be shorter than x: count up to its lengths, not to those of x.",
)
def assumes_equal_shapes(x, dim, index, src):
    result = x.clone()
    places = counting(x.shape, x.device)
    places[dim] = index
    result[tuple(places)] = cut(src, index)
    return result
