"""Properties and misconceptions of autograd/custom_function."""

import torch

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

limits = st.sampled_from((2.0, 1.0, 0.5, 3.0))


def soft_clip(x, limit):
    return limit * torch.tanh(x / limit)


def second_derivatives(function, x, weights, limit):
    """The gradients of a gradient's sum, by x and by the gradient that arrives."""
    leaf, arriving = x.detach().requires_grad_(), weights.detach().requires_grad_()
    (first,) = torch.autograd.grad(function(leaf, limit), leaf, arriving, create_graph=True)
    assert first.requires_grad, (
        "The gradient has no graph: backward computes it from nothing that is recorded."
    )
    both = torch.autograd.grad(first.sum(), (leaf, arriving), materialize_grads=True)
    return {"by x": both[0], "by the gradient that arrives": both[1]}


@st.composite
def weighted(draw):
    """x, and a gradient for each element of the result."""
    x = draw(st.tensors(st.shapes(0, 2), torch.float64))
    return {"x": x, "weights": draw(st.tensors(tuple(x.shape), torch.float64))}


@forall(
    x=st.tensors(dtype=st.dtypes(), special=True),
    limit=limits,
    aliasing=True,
    strata={
        "a limit that float32 rounds": {
            "x": st.tensors(st.shapes(1, 2, min_side=1), torch.float64),
            "limit": st.just(0.1),
        },
    },
)
def test_clips_softly(impl, x, limit):
    """The values are limit * tanh(x / limit), in a new tensor; x keeps its own."""
    y = impl.SoftClip.apply(x, limit)
    assert_same(y, soft_clip(x, limit))
    return y


@forall(weighted(), limit=limits, examples=20)
def test_passes_the_gradient_on(impl, x, weights, limit):
    """The gradient at x is the one that arrives at the result, times the derivative."""
    leaf = x.detach().requires_grad_()
    y = impl.SoftClip.apply(leaf, limit)
    assert y.requires_grad, "The result is cut off from x: no gradient can flow back."
    (gradient,) = torch.autograd.grad(y, leaf, weights)
    assert_same(gradient, torch.autograd.grad(soft_clip(leaf, limit), leaf, weights)[0])
    # gradcheck takes no tensor that is expanded.
    apart = leaf.detach().clone(memory_format=torch.contiguous_format).requires_grad_()
    assert torch.autograd.gradcheck(
        lambda x: impl.SoftClip.apply(x, limit), apart, raise_exception=False
    ), "torch.autograd.gradcheck, which compares with differences of values, finds a fault."
    return y, gradient


@st.composite
def far_out(draw):
    """An x of which cosh overflows, and a gradient for each value."""
    values = st.sampled_from((2000.0, -3000.0, 0.1, 5000.0))
    x = torch.tensor(draw(st.lists(values, min_size=2, max_size=3)), dtype=torch.float64)
    x[0] = 4000.0
    return {"x": x, "weights": draw(st.tensors(tuple(x.shape), torch.float64))}


@forall(weighted(), limit=limits, strata={"far beyond the limit": far_out()})
def test_can_be_differentiated_twice(impl, x, weights, limit):
    """The second derivative is right: under create_graph=True, backward is recorded."""
    found = second_derivatives(impl.SoftClip.apply, x, weights, limit)
    assert_same(found, second_derivatives(soft_clip, x, weights, limit))
    return found


@forall(weighted(), limit=limits, which=st.sampled_from(("x", "y")))
def test_notices_writes(impl, x, weights, limit, which):
    """Where x or y is written to before backward, the gradient is right, or an error is raised."""
    leaf = x.detach().requires_grad_()
    inner = 1 * leaf
    y = impl.SoftClip.apply(inner, limit)
    with torch.no_grad():
        (inner if which == "x" else y).add_(1)
    try:
        (gradient,) = torch.autograd.grad(y, leaf, weights)
    except RuntimeError:
        # Either is right: so that both come to one result, the gradient without the write.
        (gradient,) = torch.autograd.grad(impl.SoftClip.apply(leaf, limit), leaf, weights)
    assert_same(gradient, torch.autograd.grad(soft_clip(leaf, limit), leaf, weights)[0])
    return gradient


class _Answer(torch.autograd.Function):
    """What the misconceptions have in common: all of it right but for what each one changes."""

    @staticmethod
    def forward(ctx, x, limit):
        y = limit * torch.tanh(x / limit)
        ctx.save_for_backward(y)
        ctx.limit = limit
        return y

    @staticmethod
    def backward(ctx, grad_output):
        (y,) = ctx.saved_tensors
        return grad_output * (1 - (y / ctx.limit) ** 2), None


@misconception(
    of="SoftClip",
    says="grad_output is never used: that is the derivative alone, as if the loss were the sum of "
    "the results. The chain rule multiplies the two.",
)
class IgnoresWhatArrives(_Answer):
    @staticmethod
    def backward(ctx, grad_output):
        (y,) = ctx.saved_tensors
        return 1 - (y / ctx.limit) ** 2, None


@misconception(
    of="SoftClip",
    says="The methods that end in an underscore write to x, which is the caller's.",
)
class ChangesItsInput(_Answer):
    @staticmethod
    def forward(ctx, x, limit):
        y = x.div_(limit).tanh_().mul_(limit)
        ctx.save_for_backward(y)
        ctx.limit = limit
        return y


@misconception(
    of="SoftClip",
    says="backward returns one value for each input of forward after ctx: the gradient at x, and "
    "None for limit, which is a number.",
)
class ForgetsTheNumber(_Answer):
    @staticmethod
    def backward(ctx, grad_output):
        return _Answer.backward(ctx, grad_output)[0]


@misconception(
    of="SoftClip",
    says="y is limit times the tanh. The derivative 1 - tanh² needs the tanh alone: yours is right "
    "only where limit is 1.",
)
class TakesTheResultForTheTanh(_Answer):
    @staticmethod
    def backward(ctx, grad_output):
        (y,) = ctx.saved_tensors
        return grad_output * (1 - y**2), None


@misconception(
    of="SoftClip",
    says="The factor limit before the tanh and the factor 1 / limit within it cancel. Yours has "
    "one of them left.",
)
class ForgetsTheInnerDerivative(_Answer):
    @staticmethod
    def backward(ctx, grad_output):
        (y,) = ctx.saved_tensors
        return grad_output * ctx.limit * (1 - (y / ctx.limit) ** 2), None


@misconception(
    of="SoftClip",
    says="That is grad_output times the value of the function. The derivative is what is needed.",
)
class MultipliesWithTheValue(_Answer):
    @staticmethod
    def backward(ctx, grad_output):
        (y,) = ctx.saved_tensors
        return grad_output * y, None


@misconception(
    of="SoftClip",
    says="An attribute of ctx is a plain tensor without a graph, and writes to it go unnoticed. "
    "Results of forward are to be kept with save_for_backward.",
)
class KeepsTheResultOnCtx(_Answer):
    @staticmethod
    def forward(ctx, x, limit):
        ctx.y, ctx.limit = limit * torch.tanh(x / limit), limit
        return ctx.y

    @staticmethod
    def backward(ctx, grad_output):
        return grad_output * (1 - (ctx.y / ctx.limit) ** 2), None


@misconception(
    of="SoftClip",
    says="x is kept as an attribute of ctx. Whoever writes to x before backward changes it there "
    "as well, and nothing notices. save_for_backward does.",
)
class KeepsTheInputOnCtx(_Answer):
    @staticmethod
    def forward(ctx, x, limit):
        ctx.x, ctx.limit = x, limit
        return limit * torch.tanh(x / limit)

    @staticmethod
    def backward(ctx, grad_output):
        return grad_output * (1 - torch.tanh(ctx.x / ctx.limit) ** 2), None


@misconception(
    of="SoftClip",
    says="In your gradient the derivative is a constant, because it was computed where nothing is "
    "recorded, as in forward. Compute it in backward, from x or y.",
)
class SavesTheDerivative(_Answer):
    @staticmethod
    def forward(ctx, x, limit):
        tanh = torch.tanh(x / limit)
        ctx.save_for_backward(1 - tanh**2)
        return limit * tanh

    @staticmethod
    def backward(ctx, grad_output):
        (derivative,) = ctx.saved_tensors
        return grad_output * derivative, None
