"""Properties and misconceptions of autograd/hvp."""

import torch
from torch.utils._python_dispatch import TorchDispatchMode

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

# Functions of each element, with their second derivatives.
ELEMENTWISE = {
    "x ** 3": lambda x: x**3,
    "x * x": lambda x: x * x,
    "x.sin()": lambda x: x.sin(),
    "(x / 4).exp()": lambda x: (x / 4).exp(),
    "x.relu() ** 2": lambda x: x.relu() ** 2,
}
BENDS = {
    "x ** 3": lambda x: 6 * x,
    "x * x": lambda x: torch.full_like(x, 2),
    "x.sin()": lambda x: -x.sin(),
    "(x / 4).exp()": lambda x: (x / 4).exp() / 16,
    "x.relu() ** 2": lambda x: 2 * (x > 0).to(x.dtype),
}
STRAIGHT = {
    "3 * x": lambda x: 3 * x,
    "x": lambda x: x,
    "ones": lambda x: torch.ones_like(x),
    "x.detach() ** 2": lambda x: x.detach() ** 2,
    "weights * x": lambda x: torch.full_like(x, 3, requires_grad=True) * x,
    "another leaf": lambda x: torch.ones_like(x, requires_grad=True) ** 3,
}
LOSSES = {
    "(x ** 3).sum()": lambda x: (x**3).sum(),
    "x.sum() ** 2": lambda x: x.sum() ** 2,
    "x.sum() ** 3 / 64": lambda x: x.sum() ** 3 / 64,
    "neighbours": lambda x: (x.reshape(-1)[1:] * x.reshape(-1)[:-1] ** 2).sum(),
    "x.sin().sum()": lambda x: x.sin().sum(),
}

APART = [each for each in st.LAYOUTS if each != "expanded"]  # torch.func.jvp refuses an expanded x
SHAPES = st.one_of(st.shapes(1, 2, min_side=2), st.shapes(0, 2))


class Largest(TorchDispatchMode):
    """Notes how many elements the largest result of an operation has."""

    def __init__(self):
        super().__init__()
        self.elements = 0

    @classmethod
    def _should_skip_dynamo(cls):
        return False  # as True imports the compiler

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        result = func(*args, **(kwargs or {}))
        for each in result if isinstance(result, tuple | list) else (result,):
            if isinstance(each, torch.Tensor):
                self.elements = max(self.elements, each.numel())
        return result


@st.composite
def products(draw):
    """x, and a v like it."""
    dtype = draw(st.dtypes())
    x = draw(st.tensors(SHAPES, dtype, layouts=APART))
    return {"x": x, "v": draw(st.tensors(tuple(x.shape), dtype, layouts=APART))}


def vectors_of(size):
    return {"x": torch.linspace(-1, 1, size), "v": torch.linspace(0, 2, size)}


points = st.tensors(SHAPES, st.dtypes(), layouts=APART)


@forall(f=st.sampled_from(tuple(ELEMENTWISE)), x=points)
def test_second_derivative_of_each_element(impl, f, x):
    """second_derivative gives the second derivative of f at each element of x."""
    result = impl.second_derivative(ELEMENTWISE[f], x)
    assert_same(result, BENDS[f](x))
    return result


@forall(products(), f=st.sampled_from(tuple(LOSSES)))
def test_agrees_with_functional_hvp(impl, f, x, v):
    """hvp gives the product of the Hessian with v, for losses that mix the elements of x."""
    result = impl.hvp(f=LOSSES[f], x=x, v=v)
    assert_same(result, torch.autograd.functional.hvp(LOSSES[f], x, v)[1])
    return result


@forall(products(), vectorized=vectors_of, examples=5)
def test_builds_no_hessian(impl, x, v):
    """hvp makes no tensor of the Hessian's size, and takes no more operations for a longer x."""
    many = torch.linspace(-1, 1, 12, dtype=x.dtype, device=x.device)
    with Largest() as largest:
        product = impl.hvp(LOSSES["neighbours"], many, torch.ones_like(many))
    assert largest.elements < 12 * 12, (
        f"For an x of 12 elements there is a tensor of {largest.elements}: that is the whole "
        "Hessian."
    )
    return product, impl.hvp(LOSSES["x.sum() ** 3 / 64"], x, v)


@forall(f=st.sampled_from(tuple(STRAIGHT)), x=points, examples=20)
def test_second_derivative_is_zero_where_nothing_bends(impl, f, x):
    """Where f is linear, or does not depend on x, second_derivative gives zeros."""
    result = impl.second_derivative(f=STRAIGHT[f], x=x)
    assert_same(result, torch.zeros(x.shape, dtype=x.dtype, device=x.device))
    return result


@forall(products(), f=st.sampled_from(tuple(STRAIGHT)), examples=20)
def test_product_is_zero_where_nothing_bends(impl, f, x, v):
    """Where f is linear, or does not depend on x, hvp gives zeros."""
    result = impl.hvp(lambda x: STRAIGHT[f](x).sum(), x, v)
    assert_same(result, torch.zeros(x.shape, dtype=x.dtype, device=x.device))
    return result


@forall(products(), has_grad=st.booleans(), examples=10)
def test_leaves_the_grad_of_x_alone(impl, x, v, has_grad):
    """An x that requires grad goes on doing so, and its .grad keeps what it held."""
    x.requires_grad_()
    if has_grad:
        x.grad = torch.full(x.shape, 7.0, dtype=x.dtype, device=x.device)
    loss = LOSSES["(x ** 3).sum()"]
    return impl.second_derivative(lambda x: x**3, x), impl.hvp(loss, x, v)


@misconception(
    of="second_derivative",
    says="The first derivative has no graph, so it can't be differentiated again. Ask for one when "
    "you compute it.",
)
def records_no_backward(f, x):
    leaf = x.detach().requires_grad_()
    (first,) = torch.autograd.grad(f(leaf).sum(), leaf)
    return torch.autograd.grad(first.sum(), leaf)[0]


@misconception(
    of="second_derivative",
    says="Where f is linear or ignores x, there is no graph to go back through, the first time or "
    "the second. The second derivative is 0 then.",
)
def expects_a_graph_twice(f, x):
    leaf = x.detach().requires_grad_()
    (first,) = torch.autograd.grad(f(leaf).sum(), leaf, create_graph=True)
    return torch.autograd.grad(first.sum(), leaf)[0]


@misconception(
    of="second_derivative",
    says="That is the first derivative. Its own derivative is asked for.",
)
def stops_after_the_first(f, x):
    leaf = x.detach().requires_grad_()
    return torch.autograd.grad(f(leaf).sum(), leaf)[0]


@misconception(
    of="second_derivative",
    says="The second derivative is the derivative of the first one, not its square.",
)
def squares_the_first(f, x):
    leaf = x.detach().requires_grad_()
    return torch.autograd.grad(f(leaf).sum(), leaf)[0] ** 2


@misconception(
    of="second_derivative",
    says="The second derivative has a graph as well where both passes are recorded. The result is "
    "to be a plain value.",
)
def keeps_the_graph(f, x):
    leaf = x.detach().requires_grad_()
    (first,) = torch.autograd.grad(f(leaf).sum(), leaf, create_graph=True)
    return torch.autograd.grad(first.sum(), leaf, create_graph=True)[0]


@misconception(
    of="second_derivative",
    says="backward adds to .grad: what you read the second time is the sum of the first and the "
    "second derivative.",
)
def adds_both_derivatives(f, x):
    leaf = x.detach().requires_grad_()
    f(leaf).sum().backward(create_graph=True)
    leaf.grad.sum().backward()
    return leaf.grad.detach()


@misconception(
    of="hvp",
    says="The gradient has no graph, so it can't be differentiated again. Ask for one when you "
    "compute it.",
)
def records_no_gradient(f, x, v):
    leaf = x.detach().requires_grad_()
    (first,) = torch.autograd.grad(f(leaf), leaf)
    return torch.autograd.grad((first * v).sum(), leaf)[0]


@misconception(
    of="hvp",
    says="Where f is linear or ignores x, its gradient has no graph to go back through. H is 0 "
    "then, and so is the product.",
)
def expects_a_curved_loss(f, x, v):
    leaf = x.detach().requires_grad_()
    (first,) = torch.autograd.grad(f(leaf), leaf, create_graph=True)
    return torch.autograd.grad((first * v).sum(), leaf)[0]


@misconception(
    of="hvp",
    says="You go through the Hessian row by row. With n elements of x that is n passes, and n × n "
    "numbers if you keep them; the product with one vector needs neither.",
)
def goes_row_by_row(f, x, v):
    leaf = x.detach().requires_grad_()
    (first,) = torch.autograd.grad(f(leaf), leaf, create_graph=True)
    rows = [torch.autograd.grad(g, leaf, retain_graph=True)[0] for g in first.reshape(-1)]
    return torch.stack([(row * v).sum() for row in rows]).reshape(x.shape)


@misconception(
    of="hvp",
    says="The weights v belong into the sum before it is differentiated. As a factor behind it "
    "they are right only for a Hessian that is diagonal.",
)
def multiplies_afterwards(f, x, v):
    leaf = x.detach().requires_grad_()
    (first,) = torch.autograd.grad(f(leaf), leaf, create_graph=True)
    return torch.autograd.grad(first.sum(), leaf)[0] * v


@misconception(
    of="hvp",
    says="That is the gradient times v, element by element: it was differentiated only once.",
)
def multiplies_the_gradient(f, x, v):
    leaf = x.detach().requires_grad_()
    return torch.autograd.grad(f(leaf), leaf)[0] * v


@misconception(
    of="hvp",
    says="requires_grad_() changes the tensor that it is called on. Yours was called on the "
    "caller's x, which requires grad from then on.",
)
def switches_the_callers_x_on(f, x, v):
    (first,) = torch.autograd.grad(f(x.requires_grad_()), x, create_graph=True)
    return torch.autograd.grad((first * v).sum(), x)[0]
