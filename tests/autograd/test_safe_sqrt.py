"""Properties and misconceptions of autograd/safe_sqrt."""

import torch

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

# Relative alone: what is to be 0 is exactly 0, and tiny values count.
RELATIVE = (1e-5, 0.0)
BY_DTYPE = {torch.float32: RELATIVE, torch.float64: (1e-12, 0.0)}
TINY = (1e-30, 1e-12, -1e-30, 1e-6)
ENDS = (float("inf"), float("-inf"))


@st.composite
def numbers(draw):
    """Numbers on both sides of 0, with some very near to it, and some without end."""
    dtype = draw(st.dtypes())
    x = draw(st.tensors(dtype=dtype, layouts=["contiguous"]))
    for value in draw(st.lists(st.sampled_from((0.0, *TINY, *ENDS)), max_size=3)):
        if x.numel():
            x.view(-1)[draw(st.integers(0, x.numel() - 1))] = value
    return st.laid_out(x, draw(st.sampled_from(st.LAYOUTS)))


@st.composite
def weighted(draw):
    """x, and a gradient for each root."""
    x = draw(numbers())
    return {"x": x, "weights": draw(st.tensors(tuple(x.shape), x.dtype))}


# Below the smallest number that has all digits.
SUBNORMAL = st.sampled_from(
    (torch.tensor([1e-40, 4.0]), torch.tensor([2.0, 1e-310], dtype=torch.float64))
)


@forall(x=numbers(), tolerance=RELATIVE, aliasing=True, strata={"a subnormal": {"x": SUBNORMAL}})
def test_is_the_root_or_zero(impl, x):
    """The value is the square root where x > 0, and exactly 0 where x <= 0."""
    root = impl.safe_sqrt(x)
    assert_same(root, x.clamp(min=0).sqrt(), BY_DTYPE[x.dtype])
    return root


@forall(weighted(), tolerance=RELATIVE)
def test_gradient_is_finite(impl, x, weights):
    """The gradient is that of the root where x > 0, and exactly 0 where x <= 0: never NaN."""
    leaf = x.detach().requires_grad_()
    root = impl.safe_sqrt(x=leaf)
    assert root.requires_grad, "The result is cut off from x: no gradient can flow back."
    (gradient,) = torch.autograd.grad(root, leaf, weights)
    (of_another,) = torch.autograd.grad(3 * leaf, leaf, weights)
    expected = torch.where(x > 0, weights / (2 * x.clamp(min=0).sqrt()), 0)
    assert_same(gradient, expected, BY_DTYPE[x.dtype])
    return root, {"gradient": gradient, "gradient of 3 * x, afterwards": of_another}


@misconception(
    of="safe_sqrt",
    says="where picks the right values, but backward goes through the root all the same: 0 times "
    "an infinite derivative is NaN.",
)
def picks_afterwards(x):
    return torch.where(x > 0, x.sqrt(), 0)


@misconception(
    of="safe_sqrt",
    says="The clamp lifts what is not positive to eps, and the root of eps is not 0. It also lifts "
    "positive values that are smaller still.",
)
def clamps_to_eps(x):
    return x.clamp(min=1e-8).sqrt()


@misconception(
    of="safe_sqrt",
    says="eps under the root moves every value, and at 0 it leaves a huge gradient where there is "
    "to be none.",
)
def adds_eps(x):
    return (x.clamp(min=0) + 1e-8).sqrt()


@misconception(
    of="safe_sqrt",
    says="Below 0 that is right. At 0 itself maximum hands half of the gradient on, as clamp hands "
    "on all of it before torch 2.14, and the derivative of the root is infinite there.",
)
def lifts_to_zero(x):
    return torch.maximum(x, torch.zeros_like(x)).sqrt()


@misconception(
    of="safe_sqrt",
    says="nan_to_num replaces values, infinite ones too. In backward the root still makes NaN of "
    "the zeros that it gets.",
)
def replaces_nan(x):
    return x.sqrt().nan_to_num()


@misconception(
    of="safe_sqrt",
    says="A mask as a factor does not remove NaN: NaN times 0 is NaN.",
)
def multiplies_by_a_mask(x):
    return x.sqrt() * (x > 0)


@misconception(
    of="safe_sqrt",
    says="That is the root of the distance from 0. Where x is negative, value and gradient are 0.",
)
def takes_the_absolute_value(x):
    return torch.where(x == 0, 0, torch.where(x == 0, 1, x.abs()).sqrt())


@misconception(
    of="safe_sqrt",
    says="The root never sees a bad number, and its gradient is right. The values are not yet: "
    "where x was replaced, there is the root of what replaced it.",
)
def forgets_the_outer_where(x):
    return torch.where(x > 0, x, 1).sqrt()


@misconception(
    of="safe_sqrt",
    says="The replaced numbers were written into the caller's x.",
)
def writes_to_x(x):
    positive = x > 0
    with torch.no_grad():
        x[~positive] = 1
    return torch.where(positive, x.sqrt(), 0)
