"""Properties and misconceptions of autograd/vjp_backward."""

import torch

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

FUNCTIONS = {
    "square": lambda x: x * x,
    "relu": torch.relu,
    "sum": torch.sum,
    "sum of squares": lambda x: (x * x).sum(),
    "outer product": lambda x: x.reshape(-1, 1) * x.reshape(-1),
    "three copies": lambda x: torch.stack([x, 2 * x, -x]),
    "x itself": lambda x: x,
    "flat": torch.flatten,
    "turned around": lambda x: x.transpose(0, -1) if x.dim() else x,
    "all but the first": lambda x: x.reshape(-1)[1:],
}

IGNORING = {
    "constant": lambda x: torch.ones(2, dtype=x.dtype, device=x.device),
    "comparison": lambda x: (x > 0).to(x.dtype),
    "detach": lambda x: x.detach() * 2,
    "another leaf": lambda x: torch.ones(2, dtype=x.dtype, device=x.device, requires_grad=True) * 2,
}


APART = [each for each in st.LAYOUTS if each != "expanded"]  # torch.func.jvp refuses an expanded x
SHAPES = st.one_of(st.shapes(1, 2, min_side=2), st.shapes(0, 2))
SIDES = st.one_of(st.integers(2, 3), st.integers(0, 1))


@st.composite
def matrix_problems(draw):
    """A matrix of any height and width, x for its columns, and v for its rows."""
    height, width = draw(SIDES), draw(SIDES)
    dtype = draw(st.dtypes())
    return {
        "matrix": draw(st.tensors((height, width), dtype)),
        "x": draw(st.tensors((width,), dtype, layouts=APART)),
        "v": draw(st.tensors((height,), dtype)),
    }


@st.composite
def problems(draw, functions, vectors=("v",), shapes=SHAPES, layouts=APART):
    """The name of a function, x, and as many vectors of the function's shape as are named."""
    name = draw(st.sampled_from(tuple(functions)))
    dtype = draw(st.dtypes())
    x = draw(st.tensors(shapes, dtype, layouts=layouts))
    shape = tuple(functions[name](x).shape)
    return {
        "name": name,
        "x": x,
        **{each: draw(st.tensors(shape, dtype)) for each in vectors},
    }


@forall(matrix_problems())
def test_weighs_the_rows_of_the_jacobian(impl, matrix, x, v):
    """For f(x) = matrix @ x, J is the matrix: the product sums its rows, weighted by v."""
    value, product = impl.vjp(lambda x: matrix @ x, x, v)
    assert_same(value, matrix @ x)
    assert_same(product, matrix.T @ v)
    return value, product


TURNED = problems(
    {"turned around": FUNCTIONS["turned around"]},
    shapes=st.shapes(2, 2, min_side=2),
    layouts=["contiguous"],
)


@forall(problems(FUNCTIONS), strata={"a view that is not contiguous": TURNED})
def test_agrees_with_functional_vjp(impl, name, x, v):
    """For any f and any shape, the results are f(x) and vᵀJ in the shape of x."""
    f = FUNCTIONS[name]
    result = impl.vjp(f=f, x=x, v=v)
    assert_same(result, torch.autograd.functional.vjp(f, x, v))
    return result


@forall(problems(FUNCTIONS, vectors=("v", "w")), scale=st.sampled_from((0.0, 2.0, -0.5)))
def test_is_linear_in_v(impl, name, x, v, w, scale):
    """The product is linear in v: that of v + scale · w is that of v plus scale times that of w."""
    f = FUNCTIONS[name]
    _, together = impl.vjp(f, x, v + scale * w)
    _, of_v = impl.vjp(f, x, v)
    _, of_w = impl.vjp(f, x, w)
    assert_same(together, of_v + scale * of_w)
    return together


@forall(problems(IGNORING))
def test_is_zero_where_x_is_ignored(impl, name, x, v):
    """Where f(x) does not depend on x, the product is 0, in the shape of x."""
    value, product = impl.vjp(IGNORING[name], x, v)
    assert_same(product, torch.zeros(x.shape, dtype=x.dtype, device=x.device))
    return value, product


@forall(problems(FUNCTIONS), has_grad=st.booleans())
def test_leaves_the_grad_of_x_alone(impl, name, x, v, has_grad):
    """An x that requires grad goes on doing so, and its .grad keeps what it held."""
    x.requires_grad_()
    if has_grad:
        x.grad = torch.full(x.shape, 7.0, dtype=x.dtype, device=x.device)
    return impl.vjp(FUNCTIONS[name], x, v)


@misconception(
    of="vjp",
    says="y.sum() gives every element of y the weight 1. The weights are v, and v is never used.",
)
def sums_the_output(f, x, v):
    leaf = x.detach().requires_grad_()
    y = f(leaf)
    (product,) = torch.autograd.grad(y.sum(), leaf)
    return y.detach(), product


@misconception(
    of="vjp",
    says="v has one weight for each element of y, not of x: it comes into the sum before the "
    "derivative is taken, not as a factor behind it.",
)
def weighs_the_gradient_afterwards(f, x, v):
    leaf = x.detach().requires_grad_()
    y = f(leaf)
    (gradient,) = torch.autograd.grad(y.sum(), leaf)
    return y.detach(), v * gradient


@misconception(
    of="vjp",
    says="That is J v, which mixes the columns of J. vᵀJ mixes its rows: v has the shape of y, and "
    "the product that of x.",
)
def multiplies_from_the_right(f, x, v):
    return torch.autograd.functional.jvp(f, x, v)


@misconception(
    of="vjp",
    says="backward adds to the .grad of every leaf that it comes to, and requires_grad_() changes "
    "the tensor it is called on. One of them happened to the caller's x, or both.",
)
def writes_to_the_callers_grad(f, x, v):
    x.requires_grad_()
    y = f(x)
    y.backward(v)
    return y.detach(), x.grad


@misconception(
    of="vjp",
    says="requires_grad_() changes the tensor that it is called on. Yours was called on the "
    "caller's x, which requires grad from then on.",
)
def switches_the_callers_x_on(f, x, v):
    y = f(x.requires_grad_())
    (product,) = torch.autograd.grad(y, x, v)
    return y.detach(), product


@misconception(
    of="vjp",
    says="f(x) is still tied to the graph that it was computed in. The results are to be plain "
    "values.",
)
def returns_the_graph(f, x, v):
    leaf = x.detach().requires_grad_()
    y = f(leaf)
    (product,) = torch.autograd.grad(y, leaf, v)
    return y, product


@misconception(
    of="vjp",
    says="Where f does not use x, nothing of y requires grad and there is no graph to go back "
    "through. The Jacobian is 0 then.",
)
def expects_a_graph(f, x, v):
    leaf = x.detach().requires_grad_()
    y = f(leaf)
    (product,) = torch.autograd.grad(y, leaf, v)
    return y.detach(), product


@misconception(
    of="vjp",
    says="Without an argument backward takes the weight 1, and only for a y of one element. The "
    "weights are v.",
)
def gives_backward_no_weights(f, x, v):
    leaf = x.detach().requires_grad_()
    y = f(leaf)
    y.backward()
    return y.detach(), leaf.grad


@misconception(
    of="vjp",
    says="Tensor.backward has no argument grad_variables, whatever old notes say. It is called "
    "gradient.",
)
def uses_an_old_name(f, x, v):
    leaf = x.detach().requires_grad_()
    y = f(leaf)
    y.backward(grad_variables=v)
    return y.detach(), leaf.grad
