"""Properties and misconceptions of tensors/append_bias."""

import torch
import torch.nn.functional as F

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

SHAPES = st.one_of(st.shapes(2, 3, min_side=1), st.shapes(1, 4))
KINDS = st.dtypes(
    *(torch.float32, torch.float64, torch.float16, torch.bfloat16),
    *(torch.int64, torch.int32, torch.int8, torch.uint8),
)

EXACT = (0.0, 0.0)  # nothing is computed, so nothing may be rounded


@st.composite
def long_in_digits(draw, dtype=KINDS):
    """x with values that a detour through a smaller dtype would round."""
    layout = draw(st.sampled_from(st.LAYOUTS))
    x = draw(st.tensors(SHAPES, dtype, layouts=["contiguous"], special=True))
    if x.dtype is torch.int64:
        x = x * (2**53 + 1)
    return {"x": st.laid_out(x / 3 if x.is_floating_point() else x, layout)}


@st.composite
def weighted(draw):
    """x, and a gradient for each element of the result."""
    x = draw(st.tensors(SHAPES, torch.float64))
    shape = (*x.shape[:-1], x.shape[-1] + 1)
    return {"x": x, "weights": draw(st.tensors(shape, torch.float64))}


@forall(
    long_in_digits(),
    aliasing=True,
    tolerance=EXACT,
    strata={"a dtype that numpy lacks": long_in_digits(torch.bfloat16)},
)
def test_appends_a_one_to_each_row(impl, x):
    """Each row is that of x with a 1 behind it, in x's dtype, whatever the shape of x."""
    result = impl.append_bias(x)
    assert_same(result, F.pad(x, (0, 1), value=1))
    return result


@forall(weighted())
def test_gradient_goes_through(impl, x, weights):
    """The gradient of each element of the result goes to its element of x; the ones have none."""
    leaf = x.detach().requires_grad_()
    result = impl.append_bias(x=leaf)
    assert result.requires_grad, "The result is cut off from x: no gradient can flow back."
    (gradient,) = torch.autograd.grad(result, leaf, weights)
    assert_same(gradient, weights[..., :-1])
    return result, gradient


@misconception(
    of="append_bias",
    says="Dimension 1 is the last one of a matrix only. Count from the end, and x can have any "
    "number of dimensions.",
)
def joins_along_dimension_1(x):
    return torch.cat([x, x.new_ones((*x.shape[:-1], 1))], dim=1)


@misconception(
    of="append_bias",
    says="torch.ones makes float32 unless you say otherwise, and cat takes the wider of two "
    "dtypes: a float16 x becomes float32, and so do whole numbers.",
)
def promotes_to_float32(x):
    return torch.cat([x, torch.ones(*x.shape[:-1], 1, device=x.device)], dim=-1)


@misconception(
    of="append_bias",
    says="A new tensor lies on the CPU unless you say otherwise, and cat joins only what is on one "
    "device.",
)
def forgets_the_device(x):
    return torch.cat([x, torch.ones(*x.shape[:-1], 1, dtype=x.dtype)], dim=-1)


@misconception(
    of="append_bias",
    says="Ones of shape (len(x), 1) fit a matrix. Other shapes have other sides before the last.",
)
def takes_x_for_a_matrix(x):
    return torch.cat([x, x.new_ones((len(x), 1))], dim=-1)


@misconception(
    of="append_bias",
    says="Where rows have length 0 there is no first column to slice, and ones like it are none. "
    "Rows of length 0 get their 1, too.",
)
def makes_ones_like_the_first_column(x):
    return torch.cat([x, torch.ones_like(x[..., :1])], dim=-1)


@misconception(of="append_bias", says="Your ones stand before each row. They belong behind it.")
def puts_the_ones_first(x):
    return torch.cat([x.new_ones((*x.shape[:-1], 1)), x], dim=-1)


@misconception(
    of="append_bias",
    says="ones_like has the whole shape of x: you append as many ones as a row has elements.",
)
def appends_ones_like_x(x):
    return torch.cat([x, torch.ones_like(x)], dim=-1)


@misconception(
    of="append_bias",
    says="Along dimension 0 a row is appended. You want a column, one element for each row.",
)
def appends_a_row(x):
    return torch.cat([x, x.new_ones((1, *x.shape[1:]))], dim=0)


@misconception(
    of="append_bias",
    says="No gradient can flow back to x: it was detached on the way, or nothing was recorded. cat "
    "needs neither detach nor no_grad.",
)
def cuts_the_graph(x):
    return torch.cat([x.detach(), x.new_ones((*x.shape[:-1], 1))], dim=-1)
