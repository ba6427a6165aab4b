"""Properties and misconceptions of hooks/scale_gradient."""

import torch

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

MADE = {"x": lambda x: x, "3 * x": lambda x: 3 * x}
FACTORS = (0.1, 0.5, -1.0, 0.0, 1.0, 3.0, -0.7)

factors = st.sampled_from(FACTORS)
made = st.sampled_from(list(MADE))
dtypes = st.dtypes(torch.float32, torch.float64, torch.float16)


@st.composite
def problems(draw, min_side=0):
    """x, and the gradients of two tensors of its shape."""
    like = draw(st.shapes(max_dims=3, min_side=min_side)), draw(st.dtypes())
    return {
        "x": draw(st.tensors(*like, requires_grad=True)),
        "v": draw(st.tensors(*like)),
        "w": draw(st.tensors(*like)),
    }


@forall(
    x=st.tensors(dtype=dtypes, special=True),
    s=factors,
    needs_grad=st.booleans(),
    grad_mode=st.booleans(),
    tolerance=(0, 0),
    strata={
        "an infinity": {"x": st.just(torch.tensor([float("inf"), 0.1])), "s": st.just(0.1)},
        "nothing to listen to": {"needs_grad": st.just(False)},
        "under no_grad": {"needs_grad": st.just(True), "grad_mode": st.just(False)},
    },
)
def test_keeps_the_values(impl, x, s, needs_grad, grad_mode):
    """The result has exactly the values of x; where recording is on, it requires grad if x does."""
    x = x.requires_grad_(needs_grad)
    with torch.set_grad_enabled(grad_mode):
        y = impl.scale_grad(x, s)
    # A view made under no_grad may require grad, and another result doesn't.
    return (y if grad_mode else y.detach()), y is x


@forall(problems(), s=factors, made=made, strata={"0": {"s": st.just(0.0)}})
def test_scales_the_gradient(impl, x, v, w, s, made):
    """Each gradient that arrives at the result goes on to x multiplied by s."""
    tensor = MADE[made](x)
    y = impl.scale_grad(x=tensor, s=s)
    gradients = [
        torch.autograd.grad(y, tensor, each, retain_graph=True, allow_unused=True)[0]
        for each in (v, w)
    ]
    assert_same(gradients, [v * s, w * s])
    return gradients


@forall(problems(), s=factors, made=made)
def test_leaves_other_uses_alone(impl, x, v, w, s, made):
    """The gradient from other uses of x, before and after, and from other scales, is as it was."""
    tensor = MADE[made](x)
    before = tensor * w
    y, z = impl.scale_grad(tensor, s), impl.scale_grad(tensor, 2.0)
    after = tensor * 5
    loss = (before + y * v + z * w + after).sum()
    (gradient,) = torch.autograd.grad(loss, tensor)
    assert_same(gradient, w + v * s + w * 2 + 5)
    return gradient


@forall(
    problems(min_side=1),
    s=factors,
    strata={"a factor that changes": {"s": st.just(0.1)}},
)
def test_leaves_other_gradients_alone(impl, x, v, w, s):
    """Another tensor that gets the same gradient as the result gets it unscaled."""
    other = w.clone().requires_grad_()
    y = impl.scale_grad(x, s)
    gradients = torch.autograd.grad(y + other, (x, other), v)
    return gradients, v


@forall(problems(), outer=factors, inner=factors)
def test_scales_can_follow_each_other(impl, x, v, w, outer, inner):
    """One scale after another multiplies by both factors."""
    y = impl.scale_grad(impl.scale_grad(x, inner) * w, outer)
    (gradient,) = torch.autograd.grad(y, x, v)
    return gradient


@forall(problems(), s=factors)
def test_has_second_derivatives(impl, x, v, w, s):
    """Under create_graph=True the gradient has a graph: its derivative is scaled as well."""
    y = impl.scale_grad(x, s)
    (first,) = torch.autograd.grad((y * y * w).sum(), x, create_graph=True)
    (second,) = torch.autograd.grad((first * v).sum(), x)
    return first, second


@misconception(
    of="scale_grad",
    says="A hook on x sees the sum over all uses of x, and scales it all. Only what went through "
    "the result is to be scaled.",
)
def listens_to_x(x, s):
    if x.requires_grad and torch.is_grad_enabled():
        x.register_hook(lambda gradient: gradient * s)
    return x


@misconception(
    of="scale_grad",
    says="mul_ writes to the gradient tensor, which other inputs of the operation were handed as "
    "well. Return a new tensor.",
)
def writes_to_the_gradient(x, s):
    y = x.view_as(x)
    if y.requires_grad:
        y.register_hook(lambda gradient: gradient.mul_(s))
    return y


@misconception(
    of="scale_grad",
    says="The values are scaled too. The result is to have those of x.",
)
def scales_the_values(x, s):
    return x * s


@misconception(
    of="scale_grad",
    says="The values come from a sum of two parts, which rounds, and which is NaN for an infinity. "
    "They must be exactly those of x.",
)
def adds_two_parts(x, s):
    return x * s + (x - x * s).detach()


@misconception(
    of="scale_grad",
    says="The gradient is not changed. What a hook does not return has no effect.",
)
def returns_nothing(x, s):
    y = x.view_as(x)
    if y.requires_grad:

        def hook(gradient):
            gradient = gradient * s

        y.register_hook(hook)
    return y


@misconception(
    of="scale_grad",
    says="A tensor can't have a hook where it does not require grad. There is nothing to scale "
    "there: give the values.",
)
def listens_in_any_case(x, s):
    y = x.clone()
    y.register_hook(lambda gradient: gradient * s)
    return y


@misconception(
    of="scale_grad",
    says="Whether x requires grad does not tell whether the result does: under no_grad an "
    "operation's result does not, and can't have a hook.",
)
def asks_x(x, s):
    y = x.clone()
    if x.requires_grad:
        y.register_hook(lambda gradient: gradient * s)
    return y


@misconception(
    of="scale_grad",
    says="For s = 0 the result is cut off from x, whose gradient is then missing. It is to be 0.",
)
def cuts_off_at_zero(x, s):
    if s == 0:
        return x.detach()
    y = x.view_as(x)
    if y.requires_grad:
        y.register_hook(lambda gradient: gradient * s)
    return y


@misconception(
    of="scale_grad",
    says="The scaled gradient has no graph, so that second derivatives fail or are wrong.",
)
def cuts_the_graph(x, s):
    y = x.view_as(x)
    if y.requires_grad:
        y.register_hook(lambda gradient: gradient.detach() * s)
    return y


@misconception(
    of="scale_grad",
    says="The gradient's length is limited, whatever it was. It is to be multiplied by s.",
)
def clamps(x, s):
    y = x.view_as(x)
    if y.requires_grad:
        y.register_hook(lambda gradient: gradient.clamp(-abs(s), abs(s)))
    return y
