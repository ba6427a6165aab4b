"""Properties and misconceptions of tensors/new_like."""

import torch

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

OTHERS = st.tensors(dtype=st.ANY_DTYPE, special=True)
TELLING = st.telling_dtypes(lambda dtype: {"x": st.tensors(dtype=dtype)})


@forall(x=OTHERS, shape=st.shapes(), aliasing=True, strata=TELLING)
def test_follows_x_and_the_shape(impl, x, shape):
    """The result is all zeros, has the shape asked for, and x's dtype and device."""
    zeros = impl.zeros_shaped(x, shape)
    assert_same(zeros, torch.zeros(shape, dtype=x.dtype, device=x.device))
    return zeros


@forall(x=st.tensors(dtype=st.dtypes(), requires_grad=True), shape=st.shapes())
def test_does_not_require_grad(impl, x, shape):
    """The result does not require grad, even where x does."""
    return impl.zeros_shaped(x=x, shape=shape)


@forall(x=OTHERS, shape=st.shapes(max_dims=3, min_side=1))
def test_each_element_has_its_place(impl, x, shape):
    """Writing to one element changes no other one, here or in the result of another call."""
    zeros, others = impl.zeros_shaped(x, shape), impl.zeros_shaped(x, shape)
    zeros[(0,) * len(shape)] = 1
    return zeros, others


@misconception(
    of="zeros_shaped",
    says="torch.zeros follows no other tensor: it makes float32 on the CPU, unless dtype= and "
    "device= say otherwise.",
)
def follows_the_defaults(x, shape):
    return torch.zeros(shape)


@misconception(
    of="zeros_shaped",
    says="A new tensor lies on the CPU unless you say otherwise: x may be elsewhere.",
)
def forgets_the_device(x, shape):
    return torch.zeros(shape, dtype=x.dtype)


@misconception(
    of="zeros_shaped",
    says="expand shows one element many times: all places of the result are one place in memory, "
    "and who writes to it writes everywhere.",
)
def expands_one_zero(x, shape):
    return torch.zeros((), dtype=x.dtype, device=x.device).expand(shape)


@misconception(
    of="zeros_shaped",
    says="zeros_like takes the shape of x, too. The argument shape is never used.",
)
def takes_the_shape_of_x(x, shape):
    return torch.zeros_like(x, requires_grad=False)


@misconception(
    of="zeros_shaped",
    says="reshape keeps the number of elements: from zeros like x it reaches only shapes with as "
    "many as x has.",
)
def reshapes_zeros_like_x(x, shape):
    return torch.zeros_like(x).reshape(shape)


@misconception(
    of="zeros_shaped",
    says="Dtype and device follow x, and that is all: what the zeros are for is the caller's "
    "business, who can ask for gradients.",
)
def follows_requires_grad_too(x, shape):
    return torch.zeros(shape, dtype=x.dtype, device=x.device, requires_grad=x.requires_grad)


@misconception(
    of="zeros_shaped",
    says="0 times x is not 0 where x is infinite or NaN, and it is tied to x's graph. The values "
    "of x are not needed.",
)
def multiplies_x_by_zero(x, shape):
    return x.new_ones(shape) * (x.sum() * 0).to(x.dtype)
