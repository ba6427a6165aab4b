"""Properties and misconceptions of autograd/predict_kinks."""

import math

import torch

from torchkata import strategies as st
from torchkata.properties import NoOperations, assert_same, forall, misconception

WITHOUT = "gradient answers without making or using tensors or arrays."

# As in the exercise; each is run for real.
SINCE_2_14 = tuple(map(int, torch.__version__.split(".")[:2])) >= (2, 14)
BEGIN = """\
import torch
import torch.nn.functional as F

def leaf(*values):
    return torch.tensor(values, dtype=torch.float64, requires_grad=True)
"""
END = """\
y.sum().backward()
gradient = x.grad.tolist()
"""
CORNERS = {
    "relu": "x = leaf(-1, 0, 2); y = x.relu()",
    "leaky_relu": "x = leaf(-1, 0, 2); y = F.leaky_relu(x, 0.25)",
    "abs": "x = leaf(-2, 0, 2); y = x.abs()",
    "l1_loss": "x = leaf(1, 2, 3); y = F.l1_loss(x, torch.full_like(x, 2), reduction='sum')",
}
GUARDED = {
    "norm": "x = leaf(3, 4); y = x.norm()",
    "norm_of_zeros": "x = leaf(0, 0); y = x.norm()",
    "std_of_equals": "x = leaf(2, 2, 2); y = x.std()",
}
FLAT = {
    "round": "x = leaf(0.5, 1.2); y = x.round() * 3",
    "sign": "x = leaf(-2, 0, 2); y = x.sign()",
    "remainder": "x = leaf(1.5, 2); y = x % 2",
    "power_zero": "x = leaf(0, 3); y = x**0",
}
PRODUCTS = {
    "prod": "x = leaf(2, 0, 5); y = x.prod()",
    "prod_of_zeros": "x = leaf(0, 0, 5); y = x.prod()",
}
INFINITE = {
    "sqrt": "x = leaf(0, 4); y = x.sqrt()",
    "sqrt_not_taken": "x = leaf(0, 4); y = torch.where(x > 0, x.sqrt(), 0)",
    "sqrt_of_relu": "x = leaf(0, 4); y = x.relu().sqrt()",
    "sqrt_of_clamp": "x = leaf(0, 4); y = x.clamp(min=0).sqrt()",
}
CHAINS = {
    "sqrt_times_zero": "x = leaf(0, 4); y = x.sqrt() * 0",
    "entropy": "x = leaf(0, 1); y = x * x.log()",
}
TIES = {
    "max_dim": "x = leaf(1, 3, 3); y = x.max(dim=0).values",
    "max": "x = leaf(1, 3, 3); y = x.max()",
    "max_of_four": "x = leaf(3, 3, 3, 3); y = x.max()",
    "min_dim": "x = leaf(1, 1, 3); y = x.min(dim=0).values",
    "min": "x = leaf(1, 1, 3); y = x.min()",
    "amax": "x = leaf(1, 3, 3); y = x.amax(dim=0)",
    "median": "x = leaf(3, 1, 3); y = x.median()",
    "sort": "x = leaf(3, 1, 3); y = x.sort(stable=True, descending=True).values[0]",
    "logsumexp": "x = leaf(3, 3); y = x.logsumexp(dim=0)",
}
PAIRS = {
    "maximum": "x = leaf(2, 3, 4); y = torch.maximum(x, torch.full_like(x, 3))",
    "minimum": "x = leaf(2, 3, 4); y = torch.minimum(x, torch.full_like(x, 3))",
    "maximum_of_itself": "x = leaf(2, 3); y = torch.maximum(x, x)",
    "where": "x = leaf(2, 3, 4); y = torch.where(x > 3, x, 3)",
}
BOUNDS = {
    "clamp": "x = leaf(-1, 0, 1); y = x.clamp(min=0)",
    "clamp_both": "x = leaf(0, 1, 2); y = x.clamp(0, 2)",
    "clamp_to_tensor": "x = leaf(1, 2, 3); y = x.clamp(max=torch.full_like(x, 2))",
}
IGNORING_NAN = {
    "fmax": "x = leaf(2, 3, 4); y = torch.fmax(x, torch.full_like(x, 3))",
    "fmin_of_the_second": "x = leaf(2, 3, 4); y = torch.fmin(torch.full_like(x, 3), x)",
}

CASES = {
    **CORNERS,
    **GUARDED,
    **FLAT,
    **PRODUCTS,
    **INFINITE,
    **CHAINS,
    **TIES,
    **PAIRS,
    **BOUNDS,
    **IGNORING_NAN,
}

# What the cases come to, for the misconceptions.
OLD = {
    "clamp": [0.0, 1.0, 1.0],
    "clamp_both": [1.0, 1.0, 1.0],
    "clamp_to_tensor": [1.0, 1.0, 0.0],
    "sqrt_of_clamp": [math.inf, 0.25],
    "fmax": [0.0, 1.0, 1.0],
    "fmin_of_the_second": [1.0, 0.0, 0.0],
}
NEW = {
    "clamp": [0.0, 0.0, 1.0],
    "clamp_both": [0.0, 1.0, 0.0],
    "clamp_to_tensor": [1.0, 0.5, 0.0],
    "sqrt_of_clamp": [0.0, 0.25],
    "fmax": [0.0, 0.5, 1.0],
    "fmin_of_the_second": [1.0, 0.5, 0.0],
}
TRUTH = {
    "relu": [0.0, 0.0, 1.0],
    "leaky_relu": [0.25, 0.25, 1.0],
    "abs": [-1.0, 0.0, 1.0],
    "l1_loss": [-1.0, 0.0, 1.0],
    "norm": [0.6, 0.8],
    "norm_of_zeros": [0.0, 0.0],
    "std_of_equals": [0.0, 0.0, 0.0],
    "round": [0.0, 0.0],
    "sign": [0.0, 0.0, 0.0],
    "remainder": [1.0, 1.0],
    "power_zero": [0.0, 0.0],
    "prod": [0.0, 10.0, 0.0],
    "prod_of_zeros": [0.0, 0.0, 0.0],
    "sqrt": [math.inf, 0.25],
    "sqrt_times_zero": [math.nan, 0.0],
    "sqrt_not_taken": [math.nan, 0.25],
    "sqrt_of_relu": [0.0, 0.25],
    "entropy": [math.nan, 1.0],
    "max_dim": [0.0, 1.0, 0.0],
    "max": [0.0, 0.5, 0.5],
    "max_of_four": [0.25, 0.25, 0.25, 0.25],
    "min_dim": [1.0, 0.0, 0.0],
    "min": [0.5, 0.5, 0.0],
    "amax": [0.0, 0.5, 0.5],
    "median": [0.5, 0.0, 0.5],
    "sort": [1.0, 0.0, 0.0],
    "maximum": [0.0, 0.5, 1.0],
    "minimum": [1.0, 0.5, 0.0],
    "maximum_of_itself": [1.0, 1.0],
    "where": [0.0, 0.0, 1.0],
    "logsumexp": [0.5, 0.5],
    **(NEW if SINCE_2_14 else OLD),
}


def really(case):
    """The gradient, by running the case."""
    names = {}
    exec("\n".join((BEGIN, CASES[case], END)), names)
    return names["gradient"]


@forall(case=st.sampled_from(tuple(CORNERS)))
def test_knows_corners(impl, case):
    """gradient knows what comes out at the corners of relu and abs."""
    with NoOperations(WITHOUT):
        answer = impl.gradient(case)
    assert_same(answer, really(case))
    return answer


@forall(case=st.sampled_from(tuple(GUARDED)))
def test_knows_guarded_roots(impl, case):
    """gradient knows what norm and std give where the root is of 0."""
    with NoOperations(WITHOUT):
        answer = impl.gradient(case=case)
    assert_same(answer, really(case))
    return answer


@forall(case=st.sampled_from(tuple(FLAT)))
def test_knows_flat_functions(impl, case):
    """gradient knows what comes out of functions that are flat, or jump."""
    with NoOperations(WITHOUT):
        answer = impl.gradient(case)
    assert_same(answer, really(case))
    return answer


@forall(case=st.sampled_from(tuple(PRODUCTS)))
def test_knows_products(impl, case):
    """gradient knows what a product gives to its factors where some are 0."""
    with NoOperations(WITHOUT):
        answer = impl.gradient(case)
    assert_same(answer, really(case))
    return answer


@forall(case=st.sampled_from(tuple(INFINITE)))
def test_knows_infinite_slopes(impl, case):
    """gradient knows what becomes of the root's infinite slope at 0."""
    with NoOperations(WITHOUT):
        answer = impl.gradient(case)
    assert_same(answer, really(case))
    return answer


@forall(case=st.sampled_from(tuple(CHAINS)))
def test_knows_zero_times_infinity(impl, case):
    """gradient knows what 0 times infinity is in the chain rule."""
    with NoOperations(WITHOUT):
        answer = impl.gradient(case)
    assert_same(answer, really(case))
    return answer


@forall(case=st.sampled_from(tuple(TIES)))
def test_knows_ties(impl, case):
    """gradient knows who gets the gradient where values of a tensor are equal."""
    with NoOperations(WITHOUT):
        answer = impl.gradient(case)
    assert_same(answer, really(case))
    return answer


@forall(case=st.sampled_from(tuple(PAIRS)))
def test_knows_pairs(impl, case):
    """gradient knows how two tensors share the gradient where they are equal."""
    with NoOperations(WITHOUT):
        answer = impl.gradient(case)
    assert_same(answer, really(case))
    return answer


@forall(case=st.sampled_from(tuple(BOUNDS)))
def test_knows_bounds(impl, case):
    """gradient knows what clamp does at the bound, on this torch."""
    with NoOperations(WITHOUT):
        answer = impl.gradient(case)
    assert_same(answer, really(case))
    return answer


@forall(case=st.sampled_from(tuple(IGNORING_NAN)))
def test_knows_fmax(impl, case):
    """gradient knows what fmax and fmin give to equals, on this torch."""
    with NoOperations(WITHOUT):
        answer = impl.gradient(case)
    assert_same(answer, really(case))
    return answer


@misconception(
    of="gradient",
    says="Only what picks a position has a winner that takes all. Where a value alone is asked "
    "for, all that hold it share the gradient.",
)
def one_winner_takes_all(case):
    return {
        "max": [0.0, 1.0, 0.0],
        "max_of_four": [1.0, 0.0, 0.0, 0.0],
        "min": [1.0, 0.0, 0.0],
        "amax": [0.0, 1.0, 0.0],
        "median": [1.0, 0.0, 0.0],
    }.get(case, TRUTH[case])


@misconception(
    of="gradient",
    says="Along a dimension a position is picked, and the value there gets all of the gradient. "
    "The others get none, though they are equal.",
)
def all_winners_share(case):
    return {
        "max_dim": [0.0, 0.5, 0.5],
        "min_dim": [0.5, 0.5, 0.0],
        "sort": [0.5, 0.0, 0.5],
    }.get(case, TRUTH[case])


@misconception(
    of="gradient",
    says="All that hold the value share one gradient: the shares sum to 1.",
)
def every_winner_gets_all(case):
    return {
        "max": [0.0, 1.0, 1.0],
        "max_of_four": [1.0, 1.0, 1.0, 1.0],
        "min": [1.0, 1.0, 0.0],
        "amax": [0.0, 1.0, 1.0],
        "median": [1.0, 0.0, 1.0],
    }.get(case, TRUTH[case])


@misconception(
    of="gradient",
    says="maximum and minimum of two equal numbers share the gradient between them; neither has "
    "all of it.",
)
def the_first_argument_wins(case):
    return {"maximum": [0.0, 1.0, 1.0], "minimum": [1.0, 1.0, 0.0]}.get(case, TRUTH[case])


@misconception(
    of="gradient",
    says="relu has slope 0 at 0. The mean of both sides is a convention too, but not torch's.",
)
def corners_have_the_mean_slope(case):
    return {"relu": [0.0, 0.5, 1.0], "leaky_relu": [0.25, 0.625, 1.0]}.get(case, TRUTH[case])


@misconception(
    of="gradient",
    says="relu has slope 0 at 0: there it is as if x were negative. Half a slope would be another "
    "convention.",
)
def relu_has_half_a_slope(case):
    return {"relu": [0.0, 0.5, 1.0]}.get(case, TRUTH[case])


@misconception(
    of="gradient",
    says="At 0 the side below counts: relu has slope 0 there, and leaky_relu its small one.",
)
def the_side_above_counts(case):
    return {"relu": [0.0, 1.0, 1.0], "leaky_relu": [0.25, 1.0, 1.0]}.get(case, TRUTH[case])


@misconception(
    of="gradient",
    says="The corner of abs is symmetric, and torch gives 0 there: neither side wins.",
)
def abs_rises_at_zero(case):
    return {"abs": [-1.0, 1.0, 1.0], "l1_loss": [-1.0, 1.0, 1.0]}.get(case, TRUTH[case])


@misconception(
    of="gradient",
    says="norm and std are roots, but torch guards them: where all is 0 the gradient is 0, not "
    "0 / 0.",
)
def roots_are_never_guarded(case):
    return {
        "norm_of_zeros": [math.nan, math.nan],
        "std_of_equals": [math.nan, math.nan, math.nan],
    }.get(case, TRUTH[case])


@misconception(
    of="gradient",
    says="round and sign are flat: they have slope 0 wherever you ask. It is a straight-through "
    "estimator that pretends otherwise.",
)
def rounding_passes_the_gradient(case):
    return {"round": [3.0, 3.0], "sign": [1.0, 1.0, 1.0]}.get(case, TRUTH[case])


@misconception(
    of="gradient",
    says="In a product the gradient at a place is the product of the others: it is 0 only where "
    "one of those is 0.",
)
def a_zero_ends_the_product(case):
    return {"prod": [0.0, 0.0, 0.0]}.get(case, TRUTH[case])


@misconception(
    of="gradient",
    says="The slope of the root at 0 is infinite: torch has no guard there.",
)
def roots_are_always_guarded(case):
    return {
        "sqrt": [0.0, 0.25],
        "sqrt_not_taken": [0.0, 0.25],
    }.get(case, TRUTH[case])


@misconception(
    of="gradient",
    says="0 times infinity is nan: a factor of 0 does not remove an infinite slope.",
)
def zero_times_infinity_is_zero(case):
    return {"sqrt_times_zero": [0.0, 0.0], "entropy": [-math.inf, 1.0]}.get(case, TRUTH[case])


@misconception(
    of="gradient",
    says="A factor of 0 above does not remove the root's infinite slope: their product is nan.",
)
def a_factor_of_zero_wins(case):
    return {"sqrt_times_zero": [0.0, 0.0]}.get(case, TRUTH[case])


@misconception(
    of="gradient",
    says="x · log x is a product: at 0 one factor is infinite and the other's slope too. Both "
    "parts of the product rule count.",
)
def the_limit_counts(case):
    return {"entropy": [0.0, 1.0]}.get(case, TRUTH[case])


@misconception(
    of="gradient",
    says="where sends a 0 into the branch that was not taken, and the infinite slope of that "
    "branch makes nan of it.",
)
def the_other_branch_is_silent(case):
    return {"sqrt_not_taken": [0.0, 0.25]}.get(case, TRUTH[case])


@misconception(
    of="gradient",
    says="relu looks at its input: where that is not above 0 it gives 0 back, whatever arrives.",
)
def relu_multiplies(case):
    return {"sqrt_of_relu": [math.nan, 0.25]}.get(case, TRUTH[case])


@misconception(
    of="gradient",
    says="Look at SINCE_2_14: at the bounds this torch does what the others do not.",
)
def takes_another_torch(case):
    return (OLD if SINCE_2_14 else NEW).get(case, TRUTH[case])


@misconception(
    of="gradient",
    says="Both arguments of maximum(x, x) are x: the shares of the two meet again in it.",
)
def shares_are_lost(case):
    return {"maximum_of_itself": [0.5, 0.5]}.get(case, TRUTH[case])


@misconception(
    of="gradient",
    says="The remainder rises with x, and at a multiple it jumps down: the jump has no part in "
    "the slope.",
)
def jumps_have_no_slope(case):
    return {"remainder": [1.0, 0.0]}.get(case, TRUTH[case])
