"""Properties and misconceptions of autograd/intermediate_grad."""

import torch

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

INNER = {
    "x + 2": lambda x: x + 2,
    "x ** 2": lambda x: x**2,
    "-3 * x": lambda x: -3 * x,
    "x": lambda x: x,
    "x.reshape(-1)": lambda x: x.reshape(-1),
    "x.unsqueeze(0)": lambda x: x.unsqueeze(0),
    "x.sum()": lambda x: x.sum(),
    "stack([x, x * x])": lambda x: torch.stack([x, x * x]),
}
OUTER = {
    "h.sum()": lambda h: h.sum(),
    "(h * h).sum()": lambda h: (h * h).sum(),
    "5 * h.sum() + 1": lambda h: 5 * h.sum() + 1,
    "h.sum() ** 2": lambda h: h.sum() ** 2,
}

# The gradient at x, for given gradients d at f(x), and the gradient at h.
INNER_GRADIENTS = {
    "x + 2": lambda x, d: d,
    "x ** 2": lambda x, d: 2 * x * d,
    "-3 * x": lambda x, d: -3 * d,
    "x": lambda x, d: d,
    "x.reshape(-1)": lambda x, d: d.reshape(x.shape),
    "x.unsqueeze(0)": lambda x, d: d[0],
    "x.sum()": lambda x, d: d.expand(x.shape),
    "stack([x, x * x])": lambda x, d: d[0] + 2 * x * d[1],
}
OUTER_GRADIENTS = {
    "h.sum()": torch.ones_like,
    "(h * h).sum()": lambda h: 2 * h,
    "5 * h.sum() + 1": lambda h: torch.full_like(h, 5),
    "h.sum() ** 2": lambda h: (2 * h.sum()).expand(h.shape),
}


def gradients_of(f, g, x):
    """The gradient of g(f(x)) at x, and the one at f(x)."""
    at_middle = OUTER_GRADIENTS[g](INNER[f](x))
    return INNER_GRADIENTS[f](x, at_middle), at_middle


inner = st.sampled_from(tuple(INNER))
outer = st.sampled_from(tuple(OUTER))
points = st.tensors(st.one_of(st.shapes(1, 2, min_side=2), st.shapes(0, 2)), st.dtypes())


@forall(f=inner, g=outer, x=points)
def test_gives_both_gradients(impl, f, g, x):
    """The first result is the gradient of L at x, and the second the one at f(x)."""
    result = impl.through(INNER[f], OUTER[g], x)
    assert_same(result, gradients_of(f, g, x))
    return result


@forall(f=inner, g=outer, x=points)
def test_runs_forward_once(impl, f, g, x):
    """f and g are called once each, f first: both gradients belong to one forward pass."""
    calls = []

    def counted_f(x):
        calls.append("f")
        return INNER[f](x) * len(calls)

    def counted_g(h):
        calls.append("g")
        return OUTER[g](h)

    result = impl.through(f=counted_f, g=counted_g, x=x)
    return {"calls": calls, "gradients": result}


@forall(f=inner, g=outer, x=points, has_grad=st.booleans())
def test_leaves_the_grad_of_x_alone(impl, f, g, x, has_grad):
    """An x that requires grad goes on doing so, and its .grad keeps what it held."""
    x.requires_grad_()
    if has_grad:
        x.grad = torch.full(x.shape, 7.0, dtype=x.dtype, device=x.device)
    return impl.through(INNER[f], OUTER[g], x)


@misconception(
    of="through",
    says="Backward keeps the gradients of leaves. f(x) is none, so its .grad is None unless you "
    "have asked it to retain one.",
)
def reads_grad_of_the_intermediate(f, g, x):
    leaf = x.detach().requires_grad_()
    middle = f(leaf)
    g(middle).backward()
    return leaf.grad, middle.grad


@misconception(
    of="through",
    says="detach cuts f(x) off from x: the gradient gets to the new leaf, and no further.",
)
def cuts_x_off(f, g, x):
    leaf = x.detach().requires_grad_()
    middle = f(leaf).detach().requires_grad_()
    g(middle).backward()
    return leaf.grad, middle.grad


@misconception(
    of="through",
    says="A backward pass frees what the graph has saved, and a second one over the same "
    "operations raises. Keep the graph, or get both gradients from one pass.",
)
def goes_back_twice(f, g, x):
    leaf = x.detach().requires_grad_()
    middle = f(leaf)
    loss = g(middle)
    (at_middle,) = torch.autograd.grad(loss, middle)
    (at_x,) = torch.autograd.grad(loss, leaf)
    return at_x, at_middle


@misconception(
    of="through",
    says="You run forward anew for the second gradient. There is no need: one pass back goes "
    "through f(x) on its way to x, and a random f would give two different passes.",
)
def runs_forward_again(f, g, x):
    leaf = x.detach().requires_grad_()
    (at_x,) = torch.autograd.grad(g(f(leaf)), leaf)
    middle = f(x.detach()).detach().requires_grad_()
    (at_middle,) = torch.autograd.grad(g(middle), middle)
    return at_x, at_middle


@misconception(
    of="through",
    says="A new call of f makes a new tensor. L was computed from the one of the first call.",
)
def asks_for_another_intermediate(f, g, x):
    leaf = x.detach().requires_grad_()
    return torch.autograd.grad(g(f(leaf)), (leaf, f(leaf)))


@misconception(
    of="through",
    says="The two gradients have changed places: the one at x comes first.",
)
def swaps_the_gradients(f, g, x):
    leaf = x.detach().requires_grad_()
    middle = f(leaf)
    at_x, at_middle = torch.autograd.grad(g(middle), (leaf, middle))
    return at_middle, at_x


@misconception(
    of="through",
    says="That is the derivative of f alone. The gradient at x is that of the loss: what arrives "
    "at f(x) goes on from there to x.",
)
def forgets_the_chain_rule(f, g, x):
    leaf = x.detach().requires_grad_()
    middle = f(leaf)
    (at_middle,) = torch.autograd.grad(g(middle), middle, retain_graph=True)
    (at_x,) = torch.autograd.grad(middle.sum(), leaf)
    return at_x, at_middle


@misconception(
    of="through",
    says="backward adds to the .grad of every leaf that it comes to, and requires_grad_() changes "
    "the tensor it is called on. One of them happened to the caller's x, or both.",
)
def writes_to_the_callers_grad(f, g, x):
    middle = f(x.requires_grad_())
    middle.retain_grad()
    g(middle).backward()
    return x.grad, middle.grad


@misconception(
    of="through",
    says="create_graph makes the gradients part of a graph of their own, so that they require "
    "grad. To keep the graph for a second pass, retain_graph is enough.",
)
def keeps_a_graph_of_the_gradients(f, g, x):
    leaf = x.detach().requires_grad_()
    middle = f(leaf)
    return torch.autograd.grad(g(middle), (leaf, middle), create_graph=True)
