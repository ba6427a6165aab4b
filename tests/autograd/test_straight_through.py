"""Properties and misconceptions of autograd/straight_through."""

import torch
import torch.nn.functional as F

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

EXACT = (0.0, 0.0)  # rounded values are whole numbers, and a gradient is only passed on


@st.composite
def fractions(draw, *dtypes):
    """Tensors of tenths, which a sum with other numbers would round, or of quarters."""
    values = draw(st.sampled_from(st.VALUES))
    return draw(st.tensors(dtype=st.dtypes(*dtypes), values=values))


@st.composite
def weighted(draw):
    """x, and a gradient for each rounded value."""
    x = draw(fractions(torch.float32, torch.float64))
    return {"x": x, "weights": draw(st.tensors(tuple(x.shape), x.dtype))}


@st.composite
def transitions(draw):
    """q, r and q_next of one shape and dtype."""
    shape, dtype = (draw(st.integers(1, 4)),), draw(st.dtypes())
    return {name: draw(st.tensors(shape, dtype)) for name in ("q", "r", "q_next")}


gammas = st.sampled_from((0.9, 0.5, 0.99, 1.0, 0.0))

HUGE = torch.tensor([1e19, -1e25, 0.75])
HUGE_DOUBLES = torch.tensor([1e300, 2.0**63, -2.5], dtype=torch.float64)
BEYOND_INT64 = {"numbers beyond int64": {"x": st.sampled_from((HUGE, HUGE_DOUBLES))}}


@forall(
    x=fractions(torch.float32, torch.float64, torch.float16),
    tolerance=EXACT,
    strata=BEYOND_INT64,
)
def test_rounds_exactly(impl, x):
    """round_st gives exactly the values of torch.round: whole numbers, halves to the even one."""
    rounded = impl.round_st(x)
    assert_same(rounded, torch.round(x), EXACT)
    return rounded


@forall(weighted(), tolerance=EXACT)
def test_gradient_passes_unchanged(impl, x, weights):
    """The gradient that arrives at the rounded values goes on to x as it is."""
    leaf = x.detach().requires_grad_()
    rounded = impl.round_st(x=1 * leaf)
    assert rounded.requires_grad, "The result is cut off from x: no gradient can flow back."
    (gradient,) = torch.autograd.grad(rounded, leaf, weights)
    assert_same(gradient, weights, EXACT)
    return rounded, gradient


@forall(transitions(), gamma=gammas)
def test_loss_is_the_mean_squared_difference(impl, q, r, q_next, gamma):
    """td_loss is the mean of the squares of q - (r + gamma * q_next)."""
    loss = impl.td_loss(q, r, q_next, gamma)
    assert_same(loss, F.mse_loss(q, r + gamma * q_next))
    return loss


@forall(transitions(), gamma=gammas)
def test_target_gets_no_gradient(impl, q, r, q_next, gamma):
    """The gradient of td_loss reaches q as from a constant target, and does not reach q_next."""
    weight = torch.ones_like(q, requires_grad=True)
    other = torch.ones_like(q, requires_grad=True)
    now, later = weight * q, other * q_next
    loss = impl.td_loss(q=now, r=r, q_next=later, gamma=gamma)
    assert loss.requires_grad, "The loss is cut off from q: nothing can be learned from it."
    gradients = torch.autograd.grad(loss, (weight, other), materialize_grads=True)
    assert_same(gradients, (2 * (q - r - gamma * q_next) / len(q) * q, torch.zeros_like(q)))
    return loss, gradients, later


@misconception(
    of="round_st",
    says="torch.round gives its gradient the factor 0: it is flat nearly everywhere. The values "
    "are right, and nothing comes back.",
)
def rounds_plainly(x):
    return torch.round(x)


@misconception(
    of="round_st",
    says="Without its graph the result is a constant: no gradient can flow back to x. Detach only "
    "the part that is to be a constant.",
)
def detaches_everything(x):
    return torch.round(x).detach()


@misconception(
    of="round_st",
    says="You made a constant of the wrong part. What is left is round(x) - x, whose gradient is "
    "that of -x.",
)
def detaches_the_wrong_part(x):
    return x.detach() + (torch.round(x) - x)


@misconception(
    of="round_st",
    says="Adding x and taking it away again rounds the sum in between: the result is not always a "
    "whole number. Take the difference first.",
)
def adds_and_takes_away(x):
    return torch.round(x).detach() + x - x.detach()


@misconception(
    of="round_st",
    says="round_ writes to the caller's x. The rounded values belong in a new tensor.",
)
def rounds_in_place(x):
    with torch.no_grad():
        return x.round_()


@misconception(
    of="round_st",
    says="floor(x + 0.5) rounds every half up. torch.round gives the even neighbour: 0 for 0.5.",
)
def rounds_halves_up(x):
    return x + (torch.floor(x + 0.5) - x).detach()


@misconception(
    of="td_loss",
    says="The target has a gradient too, by way of q_next, and is moved towards q. It is to be a "
    "constant.",
)
def moves_the_target(q, r, q_next, gamma):
    return ((q - (r + gamma * q_next)) ** 2).mean()


@misconception(
    of="td_loss",
    says="The wrong term is detached: q is what is to be moved, and the target is the constant.",
)
def detaches_q(q, r, q_next, gamma):
    return ((q.detach() - (r + gamma * q_next)) ** 2).mean()


@misconception(
    of="td_loss",
    says="The loss is computed without a graph, so that nothing can be learned from it. Only the "
    "target is to be a constant.",
)
def computes_all_without_a_graph(q, r, q_next, gamma):
    with torch.no_grad():
        return ((q - (r + gamma * q_next)) ** 2).mean()


@misconception(
    of="td_loss",
    says="detach_ cuts off the very tensor that it is called on: the caller's q_next has lost its "
    "graph. detach gives a new tensor.",
)
def detaches_in_place(q, r, q_next, gamma):
    return ((q - (r + gamma * q_next.detach_())) ** 2).mean()


@misconception(
    of="td_loss",
    says="That is the sum of the squares. The loss is their mean, which does not grow with N.",
)
def sums_the_squares(q, r, q_next, gamma):
    return ((q - (r + gamma * q_next).detach()) ** 2).sum()
