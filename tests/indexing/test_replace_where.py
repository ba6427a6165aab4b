"""Properties and misconceptions of indexing/replace_where."""

import torch

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

FILLED = st.one_of(st.shapes(2, 3, min_side=2), st.shapes(0, 3, min_side=1))
SHAPES = st.one_of(FILLED, st.shapes(0, 3))
FLOATING, DOUBLE = st.dtypes(), st.dtypes(torch.float64)
SPECIAL = (float("-inf"), float("inf"), float("nan"), 2.0)

EXACT = (0.0, 0.0)  # nothing is computed, so nothing may be rounded


@st.composite
def masked(draw, dtypes=FLOATING, shapes=SHAPES, values=(), special=False):
    """x, a mask that broadcasts to its shape, and one of the values, or any."""
    shape = draw(shapes)
    dtype = draw(dtypes)
    x = draw(st.tensors(shape, dtype, layouts=["contiguous"], special=special))
    sides = [draw(st.sampled_from((side, side, 1))) for side in shape]
    sides = sides[draw(st.sampled_from((0, 0, 1, 2))) :]
    return {
        "x": st.laid_out(x, draw(st.sampled_from(st.LAYOUTS))),
        "mask": draw(st.tensors(tuple(sides), torch.bool)),
        "value": draw(st.sampled_from(values) if values else st.numbers(dtype)),
    }


@st.composite
def repeated_within(draw):
    """A mask of which a dimension in the middle is repeated."""
    x = draw(st.tensors((2, draw(st.integers(2, 3)), 3), torch.float64, unique=True))
    mask = draw(st.tensors((2, 1, 3), torch.bool))
    mask[0, 0, 0], mask[1, 0, 2] = True, False
    return {"x": x, "mask": mask, "value": draw(st.numbers())}


@st.composite
def infinite_over_special(draw, dtypes=FLOATING):
    """-inf in the place of a NaN or an infinity, beside a value that is kept."""
    shape = draw(st.shapes(1, 2, min_side=2))
    x = draw(st.tensors(shape, draw(dtypes), layouts=["contiguous"]))
    x.view(-1)[0] = draw(st.sampled_from((float("nan"), float("inf"))))
    mask = draw(st.tensors(shape, torch.bool, layouts=["contiguous"]))
    mask.view(-1)[0], mask.view(-1)[1] = True, False
    return {"x": x, "mask": mask, "value": float("-inf")}


@st.composite
def beyond_doubles(draw):
    """A whole number that float64 does not hold, in the place of one."""
    shape = draw(st.shapes(1, 2, min_side=2))
    x = draw(st.tensors(shape, torch.int64, layouts=["contiguous"]))
    mask = draw(st.tensors(shape, torch.bool, layouts=["contiguous"]))
    mask.view(-1)[0] = True
    return {"x": x, "mask": mask, "value": draw(st.sampled_from((2**53 + 1, -(2**62) - 1)))}


@st.composite
def weighted(draw):
    """x, a mask that keeps something, a value, and a gradient for each value of the result."""
    drawn = draw(masked(DOUBLE, FILLED))
    mask = drawn["mask"].clone()
    mask[(0,) * mask.dim()] = False
    return {
        **drawn,
        "mask": mask,
        "weights": draw(st.tensors(tuple(drawn["x"].shape), torch.float64)),
    }


@forall(
    masked(st.dtypes(torch.float32, torch.float64, torch.int64)),
    tolerance=EXACT,
    aliasing=True,
    strata={
        "int64 by a large number": beyond_doubles(),
        "a mask repeated within": repeated_within(),
    },
)
def test_replaces_what_the_mask_marks(impl, x, mask, value):
    """Where the mask, broadcast to the shape of x, is True stands value; elsewhere what x has."""
    before = x.clone()
    result = impl.replace_where(x, mask, value)
    assert_same(result, torch.where(mask, torch.full_like(before, value), before))
    return result


@forall(
    masked(values=SPECIAL, special=True),
    tolerance=EXACT,
    aliasing=True,
    strata={"-inf over a NaN or an infinity": infinite_over_special()},
)
def test_hidden_values_have_no_influence(impl, x, mask, value):
    """NaN and infinities under the mask are gone; such a value shows under the mask alone."""
    before = x.clone()
    result = impl.replace_where(x=x, mask=mask, value=value)
    assert_same(result, torch.where(mask, torch.full_like(before, value), before))
    return result


@forall(weighted())
def test_gradient_goes_to_what_was_kept(impl, x, mask, value, weights):
    """The values that were kept get the gradient of the result, the replaced ones 0."""
    leaf = x.detach().requires_grad_()
    result = impl.replace_where(leaf, mask, value)
    assert result.requires_grad, "The result is cut off from x: no gradient can flow back."
    (gradient,) = torch.autograd.grad(result, leaf, weights)
    assert_same(gradient, torch.where(mask, torch.zeros_like(weights), weights))
    return result, gradient


@misconception(
    of="replace_where",
    says="x[mask] = value writes to the x that was given: the caller's. It does not broadcast the "
    "mask either.",
)
def assigns_to_x(x, mask, value):
    x[mask] = value
    return x


@misconception(
    of="replace_where",
    says="An underscore at the end says that an operation writes to its tensor: yours changes the "
    "caller's x.",
)
def fills_x_in_place(x, mask, value):
    return x.masked_fill_(mask, value)


@misconception(
    of="replace_where",
    says="A mask as an index is matched with the dimensions of x from the first one on, and has to "
    "fit them exactly. Broadcasting matches from the last one.",
)
def indexes_by_the_mask(x, mask, value):
    result = x.clone()
    result[mask] = value
    return result


@misconception(
    of="replace_where",
    says="torch.where takes its second argument where the mask is True. Yours keeps what is to be "
    "replaced, and replaces the rest.",
)
def inverts_the_mask(x, mask, value):
    return torch.where(mask, x, value)


@misconception(
    of="replace_where",
    says="A product with the mask hides nothing from NaN and infinity: 0 times them is NaN.",
)
def computes_with_the_mask(x, mask, value):
    return x * ~mask + mask.to(x.dtype) * value


@misconception(
    of="replace_where",
    says="A tensor made from a shape lies on the CPU unless you say otherwise: x may be elsewhere.",
)
def forgets_the_device(x, mask, value):
    return torch.where(mask, torch.full(x.shape, value, dtype=x.dtype), x)


@misconception(
    of="replace_where",
    says="The value has to stand where the mask is True. Adding it keeps what was there.",
)
def adds_the_value(x, mask, value):
    return x + mask * value
