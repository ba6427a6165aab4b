"""Properties and misconceptions of shapes/strides."""

import torch

from torchkata import strategies as st
from torchkata.properties import NoOperations, assert_same, forall, misconception

WITHOUT = "row_major makes and uses no tensors or arrays: the strides follow from shape."

aten = torch.ops.aten

EXACT = (0.0, 0.0)  # nothing is computed, so nothing may be rounded


@st.composite
def swaps(draw, dtype=st.ANY_DTYPE):
    """x in any layout, and two of its dimensions, most often different ones."""
    shape = draw(st.one_of(st.shapes(2, 3, min_side=2), st.shapes(1, 4, max_side=2)))
    count = len(shape)
    return {
        "x": draw(st.tensors(shape, dtype)),
        "a": draw(st.sampled_from(range(-count, count))),
        "b": draw(st.sampled_from(range(-count, count))),
    }


@forall(shape=st.shapes())
def test_computes_row_major_strides(impl, shape):
    """row_major gives the strides that a new tensor of the shape has."""
    with NoOperations(WITHOUT):
        strides = impl.row_major(shape)
    assert_same(strides, torch.empty(shape).stride())
    return strides


@forall(
    swaps(),
    ban=[aten.transpose, aten.permute, aten.t],
    aliasing=True,
    tolerance=EXACT,
    examples=40,
    strata=st.telling_dtypes(swaps),
)
def test_swaps_two_dimensions(impl, x, a, b):
    """The result is a view of x in which the dimensions a and b have changed places."""
    before = x.clone()
    # [...] makes a view: where a is b, x itself may come back.
    result = impl.swap_dims(x, a=a, b=b)[...]
    assert_same(result, before.transpose(a, b))
    return result


@misconception(
    of="row_major",
    says="torch counts strides in elements, whatever the dtype. Yours are in bytes, as numpy's.",
)
def counts_bytes(shape):
    strides, step = [], 4
    for side in reversed(shape):
        strides.append(step)
        step *= max(side, 1)
    return tuple(reversed(strides))


@misconception(
    of="row_major",
    says="Row by row means that neighbours in the last dimension lie side by side. Yours has the "
    "stride 1 in the first.",
)
def counts_from_the_left(shape):
    strides, step = [], 1
    for side in shape:
        strides.append(step)
        step *= max(side, 1)
    return tuple(strides)


@misconception(
    of="row_major",
    says="A side of length 0 counts as 1, or every stride before it would be 0.",
)
def multiplies_by_zero(shape):
    strides, step = [], 1
    for side in reversed(shape):
        strides.append(step)
        step *= side
    return tuple(reversed(strides))


@misconception(
    of="row_major",
    says="A stride steps over the dimensions behind its own. Yours multiplies its own length too.",
)
def includes_its_own_side(shape):
    strides, step = [], 1
    for side in reversed(shape):
        step *= max(side, 1)
        strides.append(step)
    return tuple(reversed(strides))


@misconception(
    of="swap_dims",
    says="The last argument of as_strided is where in the storage the result begins, and 0 is its "
    "very start. x may begin later.",
)
def begins_at_the_start(x, a, b):
    size, stride = list(x.shape), list(x.stride())
    size[a], size[b] = size[b], size[a]
    stride[a], stride[b] = stride[b], stride[a]
    return x.as_strided(size, stride, 0)


@misconception(
    of="swap_dims",
    says="With the sizes swapped and the strides as before, the memory is walked in another way "
    "than x walks it. A size and its stride belong together.",
)
def swaps_the_sizes_alone(x, a, b):
    size = list(x.shape)
    size[a], size[b] = size[b], size[a]
    return x.as_strided(size, x.stride())


@misconception(
    of="swap_dims",
    says="Other strides in the old sizes is not a transpose yet: a size and its stride belong "
    "together.",
)
def swaps_the_strides_alone(x, a, b):
    stride = list(x.stride())
    stride[a], stride[b] = stride[b], stride[a]
    return x.as_strided(x.shape, stride)


@misconception(
    of="swap_dims",
    says="x need not be row-major: a slice or a transpose has other strides than its shape tells. "
    "Ask x for them.",
)
def takes_x_for_row_major(x, a, b):
    size, stride = list(x.shape), list(torch.empty(x.shape).stride())
    size[a], size[b] = size[b], size[a]
    stride[a], stride[b] = stride[b], stride[a]
    return x.as_strided(size, stride)


@misconception(
    of="swap_dims",
    says="A negative dimension counts from the end. A comparison with 0, 1, 2 … never meets it.",
)
def overlooks_negative_dims(x, a, b):
    order = [b if dim == a else a if dim == b else dim for dim in range(x.dim())]
    return x.as_strided([x.size(dim) for dim in order], [x.stride(dim) for dim in order])


@misconception(
    of="swap_dims",
    says="The values are right, but copied: contiguous() moves them to memory of their own.",
)
def copies(x, a, b):
    size, stride = list(x.shape), list(x.stride())
    size[a], size[b] = size[b], size[a]
    stride[a], stride[b] = stride[b], stride[a]
    return x.as_strided(size, stride).contiguous()
