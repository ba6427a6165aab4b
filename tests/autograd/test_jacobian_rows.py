"""Properties and misconceptions of autograd/jacobian_rows."""

import torch

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

FUNCTIONS = {
    "square": lambda x: x * x,
    "running sum": lambda x: x.reshape(-1).cumsum(0),
    "relu": torch.relu,
    "sum of squares": lambda x: (x * x).sum(),
    "outer product": lambda x: x.reshape(-1, 1) * x.reshape(-1),
    "two copies": lambda x: torch.stack([x, -x * x]),
    "x itself": lambda x: x,
    "flat": torch.flatten,
    "all but the first": lambda x: x.reshape(-1)[1:],
}

IGNORING = {
    "constant": lambda x: torch.ones(2, dtype=x.dtype, device=x.device),
    "comparison": lambda x: (x > 0).to(x.dtype),
    "detach": lambda x: x.detach() * 2,
    "another leaf": lambda x: torch.ones(2, dtype=x.dtype, device=x.device, requires_grad=True) * 2,
}

APART = [each for each in st.LAYOUTS if each != "expanded"]  # torch.func.jacfwd refuses expanded
SIDES = st.one_of(st.integers(2, 3), st.just(1))
points = st.tensors(
    st.one_of(st.shapes(1, 2, min_side=2), st.shapes(0, 2, min_side=1)), st.dtypes(), layouts=APART
)


@st.composite
def linear_maps(draw, sides=SIDES):
    """A matrix of any height and width, and x for its columns."""
    height, width = draw(sides), draw(sides)
    dtype = draw(st.dtypes())
    return {
        "matrix": draw(st.tensors((height, width), dtype)),
        "x": draw(st.tensors((width,), dtype, layouts=APART)),
    }


@forall(linear_maps())
def test_is_the_matrix_of_a_linear_map(impl, matrix, x):
    """For f(x) = matrix @ x, J is the matrix: one row for each element of y."""
    result = impl.jacobian(lambda x: matrix @ x, x)
    assert_same(result, matrix)
    return result


@forall(name=st.sampled_from(tuple(FUNCTIONS)), x=points)
def test_has_the_shapes_of_y_and_x(impl, name, x):
    """J holds the derivatives for any f, in the shape of f(x) followed by that of x."""
    f = FUNCTIONS[name]
    result = impl.jacobian(f=f, x=x)
    if f(x).numel():  # torch's own function gives up without
        assert_same(result, torch.autograd.functional.jacobian(f, x))
    return result


@forall(linear_maps(st.sampled_from((2, 0))), examples=8)
def test_has_its_shape_without_elements(impl, matrix, x):
    """Where x or f(x) has no elements, J has none either, and still its shape."""
    result = impl.jacobian(lambda x: matrix @ x, x)
    assert_same(result, matrix)
    return result


@forall(name=st.sampled_from(tuple(IGNORING)), x=points)
def test_is_zero_where_x_is_ignored(impl, name, x):
    """Where f(x) does not depend on x, J is 0, in its full shape."""
    f = IGNORING[name]
    result = impl.jacobian(f, x)
    assert_same(result, torch.zeros((*f(x).shape, *x.shape), dtype=x.dtype, device=x.device))
    return result


@forall(name=st.sampled_from(tuple(FUNCTIONS)), x=points, has_grad=st.booleans())
def test_leaves_the_grad_of_x_alone(impl, name, x, has_grad):
    """An x that requires grad goes on doing so, and its .grad keeps what it held."""
    x.requires_grad_()
    if has_grad:
        x.grad = torch.full(x.shape, 7.0, dtype=x.dtype, device=x.device)
    return impl.jacobian(FUNCTIONS[name], x)


def rows_of(f, x):
    """The rows, and the shape of y, for the misconceptions."""
    leaf = x.detach().requires_grad_()
    y = f(leaf)
    rows = [torch.autograd.grad(each, leaf, retain_graph=True)[0] for each in y.reshape(-1)]
    return torch.stack(rows), y.shape


@misconception(
    of="jacobian",
    says="A backward pass frees what the graph has saved, so that the second row finds nothing. "
    "Ask each pass to keep it.",
)
def frees_the_graph(f, x):
    leaf = x.detach().requires_grad_()
    y = f(leaf)
    rows = [torch.autograd.grad(each, leaf)[0] for each in y.reshape(-1)]
    return torch.stack(rows).view(y.shape + x.shape)


@misconception(
    of="jacobian",
    says="Each row has the rows before it added in: backward() adds to .grad, and yours is not "
    "cleared between two rows.",
)
def accumulates_the_rows(f, x):
    leaf = x.detach().requires_grad_()
    y = f(leaf)
    rows = []
    for each in y.reshape(-1):
        each.backward(retain_graph=True)
        rows.append(leaf.grad.clone())
    return torch.stack(rows).view(y.shape + x.shape)


@misconception(
    of="jacobian",
    says="All rows are one tensor, .grad, to which every pass adds. Have each pass make a tensor "
    "of its own.",
)
def keeps_one_tensor_for_all_rows(f, x):
    leaf = x.detach().requires_grad_()
    y = f(leaf)
    rows = []
    for each in y.reshape(-1):
        each.backward(retain_graph=True)
        rows.append(leaf.grad)
    return torch.stack(rows).view(y.shape + x.shape)


@misconception(
    of="jacobian",
    says="All rows are one tensor, which holds the last one: zero_() clears the tensor that you "
    "have kept already.",
)
def zeroes_what_it_kept(f, x):
    leaf = x.detach().requires_grad_()
    y = f(leaf)
    rows = []
    for each in y.reshape(-1):
        if leaf.grad is not None:
            leaf.grad.zero_()
        each.backward(retain_graph=True)
        rows.append(leaf.grad)
    return torch.stack(rows).view(y.shape + x.shape)


@misconception(
    of="jacobian",
    says="The sum of f(x) has one gradient, which is the sum of J's rows. J has a row for each "
    "element of f(x).",
)
def sums_the_output(f, x):
    leaf = x.detach().requires_grad_()
    return torch.autograd.grad(f(leaf).sum(), leaf)[0]


@misconception(
    of="jacobian",
    says="Your J lies on its side. The dimensions of y come first, and those of x last.",
)
def puts_x_first(f, x):
    rows, shape = rows_of(f, x)
    return rows.view(len(rows), -1).T.reshape(x.shape + shape)


@misconception(
    of="jacobian",
    says="That has one row for each element of y, in a single dimension. It still has to be given "
    "the shape of y.",
)
def stays_flat(f, x):
    return rows_of(f, x)[0]


@misconception(
    of="jacobian",
    says="Where f(x) has no elements there are no rows, and torch.stack refuses an empty list. J "
    "still has its shape.",
)
def stacks_no_rows(f, x):
    leaf = x.detach().requires_grad_()
    y = f(leaf)
    if not y.requires_grad:
        return torch.zeros((*y.shape, *x.shape), dtype=x.dtype, device=x.device)
    rows = [
        torch.autograd.grad(each, leaf, retain_graph=True, materialize_grads=True)[0]
        for each in y.reshape(-1)
    ]
    return torch.stack(rows).view(y.shape + x.shape)


@misconception(
    of="jacobian",
    says="Where f does not use x, nothing of y requires grad, and there is no graph to go back "
    "through. The Jacobian is 0 then.",
)
def expects_a_graph(f, x):
    leaf = x.detach().requires_grad_()
    y = f(leaf)
    rows = torch.zeros((y.numel(), *x.shape), dtype=x.dtype, device=x.device)
    for row, each in zip(rows, y.reshape(-1), strict=True):
        row.copy_(torch.autograd.grad(each, leaf, retain_graph=True)[0])
    return rows.view(y.shape + x.shape)


@misconception(
    of="jacobian",
    says="Both mistakes are in the corners: a y without elements leaves torch.stack nothing to "
    "stack, and an f that ignores x leaves no graph. The rest is right.",
)
def forgets_both_corners(f, x):
    rows, shape = rows_of(f, x)
    return rows.view(shape + x.shape)


@misconception(
    of="jacobian",
    says="backward writes to the .grad of every leaf that it comes to, and requires_grad_() "
    "changes the tensor it is called on. One of them happened to the caller's x, or both.",
)
def writes_to_the_callers_grad(f, x):
    y = f(x.requires_grad_())
    rows = []
    for each in y.reshape(-1):
        x.grad = None
        each.backward(retain_graph=True)
        rows.append(x.grad)
    return torch.stack(rows).view(y.shape + x.shape)
