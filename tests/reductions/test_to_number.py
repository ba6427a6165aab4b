"""Properties and misconceptions of reductions/to_number."""

import torch

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

EXACT = (0.0, 0.0)  # nothing is computed, so nothing may be rounded
ONE = st.shapes(0, 3, min_side=1, max_side=1)
FLOATING = st.dtypes(torch.float32, torch.float64, torch.float16, torch.bfloat16)
DTYPES = st.dtypes(torch.int64, torch.float32, torch.bool, torch.uint8, torch.float16, torch.int32)


@st.composite
def large_numbers(draw):
    """One int64 that no float64 holds."""
    value = draw(st.sampled_from((2**53 + 1, -(2**53) - 1, 2**62 + 1)))
    return torch.full(draw(ONE), value)


def in_digits(x):
    """Values that a detour through a smaller dtype would round."""
    return x / 3 if x.is_floating_point() else x


@forall(
    x=st.tensors(ONE, DTYPES).map(in_digits),
    tolerance=EXACT,
    examples=40,
    strata={"a bool": {"x": st.tensors(ONE, torch.bool)}},
)
def test_gives_the_number(impl, x):
    """One element, in any number of dimensions, becomes a number of the type that fits."""
    number = impl.to_number(x)
    assert_same(number, x.reshape(-1).tolist()[0], EXACT)
    return number


@forall(
    x=st.one_of(
        st.tensors(ONE, FLOATING, special=True), st.tensors(ONE, FLOATING, requires_grad=True)
    ),
    tolerance=EXACT,
)
def test_takes_special_numbers(impl, x):
    """NaN and infinity are floats like others, and x can require grad."""
    return impl.to_number(x)


@forall(x=large_numbers(), examples=10)
def test_keeps_every_digit(impl, x):
    """A large int keeps its last digit: it has not been a float on the way."""
    return impl.to_number(x)


@forall(
    x=st.one_of(
        st.tensors(st.shapes(1, 3, min_side=2)),
        st.just(torch.zeros(0)),
        st.just(torch.zeros(1, 2, dtype=torch.int64)),
        st.just(torch.zeros(2, 0, 1)),
        st.just(torch.ones(2, 1, dtype=torch.bool)),
    ),
    raises=ValueError,
)
def test_refuses_other_counts(impl, x):
    """A ValueError is raised for a tensor without elements, or with more than one."""
    return impl.to_number(x)


def counted(x):
    if x.numel() != 1:
        raise ValueError(f"{x.numel()} elements")
    return x


@misconception(
    of="to_number",
    says="Not only 0-dim tensors hold one element: any number of dimensions of length 1 will do.",
)
def takes_0_dim_alone(x):
    if x.dim() != 0:
        raise ValueError("not a 0-dim tensor")
    return x.item()


@misconception(
    of="to_number",
    says="float() makes a float of an int and of a bool too. The dtype of x tells which type is "
    "wanted.",
)
def always_makes_a_float(x):
    return float(counted(x))


@misconception(
    of="to_number",
    says="item() refuses too, but with torch's RuntimeError. A ValueError is wanted: check the "
    "count yourself.",
)
def leaves_the_error_to_item(x):
    return x.item()


@misconception(
    of="to_number",
    says="A list of one element, within lists, is no number yet: tolist() keeps the dimensions.",
)
def gives_a_list(x):
    return counted(x).tolist()


@misconception(
    of="to_number",
    says="An element of a tensor, picked by an index or left by squeeze, is a 0-dim tensor, not a "
    "Python number.",
)
def gives_a_tensor(x):
    return counted(x).squeeze()


@misconception(
    of="to_number",
    says="The first element isn't always the only one: count the elements before you take it.",
)
def takes_the_first_element(x):
    if x.numel() == 0:
        raise ValueError("no element")
    return x.reshape(-1)[0].item()


@misconception(
    of="to_number",
    says="len() counts along the first dimension alone: a 0-dim tensor has none, and a (1, 2) "
    "tensor holds two elements.",
)
def counts_by_len(x):
    if len(x) != 1:
        raise ValueError(f"{len(x)} elements")
    return x.item()
