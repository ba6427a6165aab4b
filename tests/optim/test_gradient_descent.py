"""Properties and misconceptions of optim/gradient_descent."""

import torch
from torch.optim.sgd import sgd

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

FUNCTIONS = {
    "(x * x).sum()": lambda x: (x * x).sum(),
    "x.sum()": lambda x: x.sum(),
    "x.sin().sum()": lambda x: x.sin().sum(),
    "(x * x).mean() + x.cos().sum()": lambda x: (x * x).mean() + x.cos().sum(),
}

RATES = st.sampled_from((0.25, 0.1, 0.5, 0.3))
STEPS = st.sampled_from((2, 1, 3, 5, 0))
functions = st.sampled_from(tuple(FUNCTIONS))
points = st.tensors(st.shapes(max_dims=3, min_side=1), st.dtypes())


class Counting:
    """A function that counts its calls."""

    def __init__(self, function):
        self.function, self.calls = function, 0

    def __call__(self, x):
        self.calls += 1
        return self.function(x)


@forall(x0=points, lr=RATES, steps=STEPS)
def test_halves_the_way(impl, x0, lr, steps):
    """On f(x) = (x * x).sum() each step multiplies x by 1 - 2 * lr."""
    result = impl.minimize(lambda x: (x * x).sum(), x0, lr, steps)
    assert_same(result, x0 * (1 - 2 * lr) ** steps)
    return result


@forall(f=functions, x0=st.tensors(st.shapes(max_dims=3), st.dtypes()), lr=RATES, steps=STEPS)
def test_ends_where_sgd_ends(impl, f, x0, lr, steps):
    """For any f and any shape, the result is where torch's SGD ends after so many steps."""
    result = impl.minimize(f=FUNCTIONS[f], x0=x0, lr=lr, steps=steps)
    assert_same(result, sgd_end(FUNCTIONS[f], x0, lr, steps))
    return result


def sgd_end(f, x0, lr, steps):
    x = x0.detach().clone()
    for _ in range(steps):
        leaf = x.clone().requires_grad_()
        gradients = list(torch.autograd.grad(f(leaf), leaf))
        sgd(
            [x],
            gradients,
            [None],
            foreach=False,
            lr=lr,
            weight_decay=0,
            momentum=0,
            dampening=0,
            nesterov=False,
            maximize=False,
        )
    return x


@forall(
    x0=points,
    lr=RATES,
    steps=STEPS,
    strata={"no slope at the start": {"x0": st.just(torch.zeros(2)), "steps": st.integers(2, 5)}},
)
def test_calls_f_once_a_step(impl, x0, lr, steps):
    """f is called exactly as often as there are steps, also where its gradient is 0."""
    f = Counting(FUNCTIONS["(x * x).sum()"])
    result = impl.minimize(f, x0, lr, steps)
    assert f.calls == steps, "f is not called once a step: each step needs one gradient, no more."
    return {"calls": f.calls, "result": result}


@forall(f=functions, x0=points, steps=STEPS, requires_grad=st.booleans(), has_grad=st.booleans())
def test_leaves_the_start_alone(impl, f, x0, steps, requires_grad, has_grad):
    """x0 may require grad and hold a .grad: it keeps them, and they change nothing."""
    x0.requires_grad_(requires_grad)
    x0.grad = torch.full_like(x0, 3.0, requires_grad=False) if has_grad else None
    result = impl.minimize(FUNCTIONS[f], x0, 0.5, steps)
    return result, x0.requires_grad


@forall(x0=points, lr=RATES, steps=STEPS, aliasing=True)
def test_gives_new_memory(impl, x0, lr, steps):
    """The result has memory of its own, even where no step is taken."""
    return impl.minimize(FUNCTIONS["x.sum()"], x0, lr, steps)


@misconception(
    of="minimize",
    says="backward adds to .grad, which is never cleared here: the second step uses the sum of two "
    "gradients.",
)
def accumulates(f, x0, lr, steps):
    x = x0.detach().clone().requires_grad_()
    for _ in range(steps):
        f(x).backward()
        with torch.no_grad():
            x -= lr * x.grad
    return x.detach()


@misconception(
    of="minimize",
    says="x = x - … under no_grad makes a new tensor, which does not require grad: the next step "
    "finds no graph. Write into the leaf that you have.",
)
def loses_requires_grad(f, x0, lr, steps):
    x = x0.detach().clone().requires_grad_()
    for _ in range(steps):
        f(x).backward()
        with torch.no_grad():
            x = x - lr * x.grad
    return x.detach()


@misconception(
    of="minimize",
    says="x = x - … makes a tensor that is not a leaf. backward writes no .grad to it, so that the "
    "next step finds None.",
)
def is_no_leaf_any_more(f, x0, lr, steps):
    x = x0.detach().clone().requires_grad_()
    for _ in range(steps):
        f(x).backward()
        x = x - lr * x.grad
    return x.detach()


@misconception(
    of="minimize",
    says="detach and .data share the memory of x0: the steps are written into the caller's tensor.",
)
def moves_the_start(f, x0, lr, steps):
    x = x0.detach().requires_grad_()
    for _ in range(steps):
        (gradient,) = torch.autograd.grad(f(x), x)
        with torch.no_grad():
            x -= lr * gradient
    return x.detach()


@misconception(
    of="minimize",
    says="The result is still a tensor that requires grad. Cut it off before you return it.",
)
def requires_grad_still(f, x0, lr, steps):
    x = x0.detach().clone().requires_grad_()
    for _ in range(steps):
        (gradient,) = torch.autograd.grad(f(x), x)
        with torch.no_grad():
            x -= lr * gradient
    return x


@misconception(
    of="minimize",
    says="The gradient points to where f grows. To make f smaller, go the other way.",
)
def climbs(f, x0, lr, steps):
    x = x0.detach().clone().requires_grad_()
    for _ in range(steps):
        (gradient,) = torch.autograd.grad(f(x), x)
        with torch.no_grad():
            x += lr * gradient
    return x.detach()


@misconception(
    of="minimize",
    says="requires_grad_() changes the tensor that it is called on, and so does backward. Yours "
    "were called on the caller's x0.",
)
def works_on_the_start(f, x0, lr, steps):
    x = x0.requires_grad_()
    for _ in range(steps):
        x.grad = None
        f(x).backward()
        with torch.no_grad():
            x -= lr * x.grad
    return x.detach().clone()


@misconception(
    of="minimize",
    says="Without a step the result is a view of x0, or x0 itself: whoever writes to it changes "
    "x0. Copy before the loop, or after it.",
)
def copies_by_stepping_only(f, x0, lr, steps):
    x = x0.detach()
    for _ in range(steps):
        leaf = x.requires_grad_()
        (gradient,) = torch.autograd.grad(f(leaf), leaf)
        x = (x - lr * gradient).detach()
    return x


@misconception(
    of="minimize",
    says="f is called for other things than the gradients: to watch it, or once more at the end. "
    "It may be slow: once a step is all.",
)
def looks_at_f_once_more(f, x0, lr, steps):
    x = x0.detach().clone().requires_grad_()
    for _ in range(steps):
        (gradient,) = torch.autograd.grad(f(x), x)
        with torch.no_grad():
            x -= lr * gradient
    f(x)
    return x.detach()


@misconception(
    of="minimize",
    says="One step is missing, or one is too many. x0 is where no step has been taken yet.",
)
def stops_one_early(f, x0, lr, steps):
    x = x0.detach().clone().requires_grad_()
    for _ in range(1, steps):
        (gradient,) = torch.autograd.grad(f(x), x)
        with torch.no_grad():
            x -= lr * gradient
    return x.detach()


@misconception(
    of="minimize",
    says="The gradient is taken at x0 every time. Each step needs the gradient where it begins.",
)
def keeps_the_first_gradient(f, x0, lr, steps):
    x, start = x0.detach().clone(), x0.detach().requires_grad_()
    for _ in range(steps):
        (gradient,) = torch.autograd.grad(f(start), start)
        x -= lr * gradient
    return x
