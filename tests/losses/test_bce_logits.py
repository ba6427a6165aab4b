"""Properties and misconceptions of losses/bce_logits."""

import torch
import torch.nn.functional as F

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

OWN = [
    F.binary_cross_entropy,
    F.binary_cross_entropy_with_logits,
    F.soft_margin_loss,
    F.multilabel_soft_margin_loss,
    torch.ops.aten.binary_cross_entropy,
    torch.ops.aten.binary_cross_entropy_with_logits,
    torch.ops.aten.soft_margin_loss,
    torch.Tensor.tolist,
    torch.Tensor.numpy,
]
BACKWARD = [torch.autograd.grad, torch.autograd.backward, torch.Tensor.backward]
DOUBLE = (3e-9, 3e-9)  # softplus is off by 2e-9 where it returns x itself

LOGITS = st.one_of(
    st.integers(-24, 24).map(lambda step: step / 3),
    st.sampled_from((0.0, 1000.0, -1000.0, 50.0, -50.0, 95.0, -95.0, 30.0, -30.0, 700.0, -400.0)),
)
LABELS = st.sampled_from((0.0, 1.0, 0.8, 1 / 3, 0.5, 1.0, 0.0))
SHAPES = st.one_of(st.shapes(1, 2, min_side=2), st.shapes(0, 3, min_side=1))


@st.composite
def scored(draw, dtype=None, logits=LOGITS):
    """Logits and labels of one shape and dtype."""
    shape = draw(SHAPES)
    count = torch.Size(shape).numel()
    dtype = draw(st.dtypes()) if dtype is None else dtype
    scores = draw(st.lists(logits, min_size=count, max_size=count))
    labels = draw(st.lists(LABELS, min_size=count, max_size=count))
    layout = draw(st.sampled_from(st.LAYOUTS))
    return {
        "logits": st.laid_out(torch.tensor(scores, dtype=dtype).view(shape), layout),
        "y": torch.tensor(labels, dtype=dtype).view(shape),
    }


@st.composite
def of_two_shapes(draw):
    chosen = draw(
        st.sampled_from(
            (
                ((3, 1), (3,)),
                ((3,), (3, 1)),
                ((2, 3), (3,)),
                ((2, 3), (3, 2)),
                ((2, 3), (6,)),
                ((1,), ()),
                ((3,), ()),
                ((2,), (3,)),
                ((2, 2), (2, 1)),
            )
        )
    )
    logits, y = (draw(st.tensors(shape)) for shape in chosen)
    return {"logits": logits, "y": (y > 0).float()}


@st.composite
def layers(draw, dtype=None):
    """The inputs, labels, weights and bias of a linear layer with one output."""
    rows, features = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    dtype = draw(st.dtypes()) if dtype is None else dtype
    wants = draw(st.booleans())
    labels = draw(st.lists(LABELS, min_size=rows, max_size=rows))
    return {
        "x": draw(st.tensors((rows, features), dtype)) / 3,
        "y": torch.tensor(labels, dtype=dtype),
        "w": (draw(st.tensors((features,), dtype)) / 3).requires_grad_(wants),
        "b": (draw(st.tensors((), dtype)) / 3).requires_grad_(wants),
    }


@st.composite
def saturated_layers(draw):
    """Layers whose logits go from -1000 to 1000."""
    drawn = draw(layers())
    dtype, (rows, features) = drawn["x"].dtype, drawn["x"].shape
    small = st.sampled_from((-1.0, 1.0, 0.0))
    far = st.sampled_from((330.0, -330.0, 40.0, 95.0))
    x = draw(st.lists(small, min_size=rows * features, max_size=rows * features))
    w = draw(st.lists(far, min_size=features, max_size=features))
    return {
        **drawn,
        "x": torch.tensor(x, dtype=dtype).view(rows, features),
        "w": torch.tensor(w, dtype=dtype),
    }


def logits_of(size):
    logits = torch.linspace(-2, 2, size * size).view(size, size)
    return {"logits": logits, "y": (logits > 0).float()}


def layer_of(size):
    x = torch.linspace(-2, 2, size * size).view(size, size)
    return {"x": x, "y": torch.ones(size), "w": torch.ones(size), "b": torch.tensor(0.5)}


def gradients(function, logits, y, scale, wanted):
    leaves = {"logits": logits.detach().clone(), "y": y.detach().clone()}
    for name in wanted:
        leaves[name].requires_grad_()
    loss = scale * function(leaves["logits"], leaves["y"])
    return torch.autograd.grad(loss, [leaves[name] for name in wanted])


def gradients_of_the_layer(x, y, w, b):
    weights = [w.detach().clone().requires_grad_(), b.detach().clone().requires_grad_()]
    loss = F.binary_cross_entropy_with_logits(x @ weights[0] + weights[1], y)
    return torch.autograd.grad(loss, weights)


@forall(scored(logits=st.integers(-24, 24).map(lambda step: step / 3)), ban=OWN)
def test_bce_is_the_mean(impl, logits, y):
    """bce gives the mean of the binary cross entropies over all elements, for any shape."""
    loss = impl.bce(logits, y)
    assert_same(loss, F.binary_cross_entropy_with_logits(logits, y))
    return loss


@forall(scored(), ban=OWN, vectorized=logits_of, aliasing=True)
def test_bce_stands_large_logits(impl, logits, y):
    """bce is right for logits from -1000 to 1000, and for labels between 0 and 1."""
    loss = impl.bce(logits=logits, y=y)
    assert_same(loss, F.binary_cross_entropy_with_logits(logits, y))
    return loss


@forall(scored(torch.float64), ban=OWN, tolerance=DOUBLE)
def test_bce_keeps_the_digits(impl, logits, y):
    """float64 logits are computed with in float64."""
    loss = impl.bce(logits, y)
    assert_same(loss, F.binary_cross_entropy_with_logits(logits, y), DOUBLE)
    return loss


@forall(
    scored(torch.float64),
    scale=st.sampled_from((1.0, -3.0)),
    wanted=st.sampled_from((["logits"], ["logits", "y"], ["y"])),
    ban=OWN,
    tolerance=DOUBLE,
)
def test_bce_has_the_gradient(impl, logits, y, scale, wanted):
    """The gradient of bce is right, for the logits, 0 among them, and for the labels."""
    found = gradients(impl.bce, logits, y, scale, wanted)
    own = F.binary_cross_entropy_with_logits
    assert_same(found, gradients(own, logits, y, scale, wanted), DOUBLE)
    return found


@forall(of_two_shapes(), raises=ValueError)
def test_bce_refuses_two_shapes(impl, logits, y):
    """Logits and labels of different shapes are refused with a ValueError."""
    return impl.bce(logits, y)


@forall(layers(), ban=OWN + BACKWARD, vectorized=layer_of, aliasing=True)
def test_grads_in_closed_form(impl, x, y, w, b):
    """grads gives the gradients that autograd gives, without a backward pass."""
    found = impl.grads(x, y, w, b)
    assert_same(found, gradients_of_the_layer(x, y, w, b))
    return found


@forall(layers(torch.float64), ban=OWN + BACKWARD, tolerance=DOUBLE)
def test_grads_keeps_the_digits(impl, x, y, w, b):
    """float64 arguments are computed with in float64."""
    found = impl.grads(x=x, y=y, w=w, b=b)
    assert_same(found, gradients_of_the_layer(x, y, w, b), DOUBLE)
    return found


@forall(saturated_layers(), ban=OWN + BACKWARD)
def test_grads_stands_large_logits(impl, x, y, w, b):
    """grads is right where the logits go from -1000 to 1000."""
    found = impl.grads(x, y, w, b)
    assert_same(found, gradients_of_the_layer(x, y, w, b))
    return found


@forall(layers(), recording=st.booleans(), ban=OWN + BACKWARD, examples=16)
def test_grads_leaves_recording_as_it_was(impl, x, y, w, b, recording):
    """Autograd records afterwards where it did before, and doesn't where it didn't."""
    with torch.set_grad_enabled(recording):
        found = impl.grads(x, y, w, b)
        return found, torch.is_grad_enabled()


def same_shape(logits, y):
    if logits.shape != y.shape:
        raise ValueError("the shapes differ")


def per_element(logits, y):
    """What the misconceptions have in common: the right loss of each element."""
    same_shape(logits, y)
    return y * F.softplus(-logits) + (1 - y) * F.softplus(logits)


def errors(x, y, w, b):
    return (x @ w + b).sigmoid().detach() - y


@misconception(
    of="bce",
    says="sigmoid rounds to 0 or 1 where the logit is large, and the logarithm of 0 is -inf. Take "
    "the logarithm on paper, and compute what comes out.",
)
def takes_the_log_of_sigmoid(logits, y):
    same_shape(logits, y)
    p = logits.sigmoid()
    return -(y * p.log() + (1 - y) * (1 - p).log()).mean()


@misconception(
    of="bce",
    says="Holding the probability away from 0 and 1 hides the infinity, and puts a wrong number "
    "and no gradient in its place. Compute with the logit instead.",
)
def clamps_the_probability(logits, y):
    same_shape(logits, y)
    p = logits.sigmoid().clamp(1e-7, 1 - 1e-7)
    return -(y * p.log() + (1 - y) * (1 - p).log()).mean()


@misconception(
    of="bce",
    says="exp of a large number overflows, and a weight of 0 makes NaN of it. Find a form in which "
    "exp is given no positive number.",
)
def overflows_in_exp(logits, y):
    same_shape(logits, y)
    return (y * (1 + (-logits).exp()).log() + (1 - y) * (1 + logits.exp()).log()).mean()


@misconception(
    of="bce",
    says="The loss is the mean over all elements. Yours is their sum.",
)
def adds_up(logits, y):
    return per_element(logits, y).sum()


@misconception(
    of="bce",
    says="The values are right, but the gradient isn't where a logit is 0: at a kink autograd "
    "chooses a side, and the sides of your terms don't add up to sigmoid(0) - y.",
)
def has_a_kink(logits, y):
    same_shape(logits, y)
    return (logits.relu() - logits * y + (-logits.abs()).exp().log1p()).mean()


@misconception(
    of="bce",
    says="Shapes that differ broadcast: (n,) against (n, 1) holds each logit to each label. "
    "Compare the shapes, and raise.",
)
def broadcasts(logits, y):
    return (y * F.softplus(-logits) + (1 - y) * F.softplus(logits)).mean()


@misconception(
    of="bce",
    says="A label can lie between 0 and 1. It then weighs both logarithms, and is not rounded.",
)
def rounds_the_labels(logits, y):
    return per_element(logits, (y > 0.5).to(y.dtype)).mean() + 0 * y.sum()


@misconception(
    of="bce",
    says="The two halves of the loss are swapped: a high logit means yes, and is right where y "
    "is 1.",
)
def swaps_the_labels(logits, y):
    return per_element(-logits, y).mean()


@misconception(
    of="grads",
    says="bce is a mean over the rows, so each row counts 1 / n in the gradient.",
)
def forgets_the_mean(x, y, w, b):
    error = errors(x, y, w, b)
    return x.T @ error, error.sum()


@misconception(
    of="grads",
    says="The gradients point the wrong way: the derivative of the loss by the logit grows with "
    "the logit.",
)
def turns_the_sign(x, y, w, b):
    error = -errors(x, y, w, b) / len(x)
    return x.T @ error, error.sum()


@misconception(
    of="grads",
    says="The derivative of sigmoid cancels against that of the logarithm. With it as a factor, "
    "this is the gradient of a squared error, which dies where the model is surely wrong.",
)
def keeps_the_derivative_of_sigmoid(x, y, w, b):
    p = (x @ w + b).sigmoid().detach()
    error = (p - y) * p * (1 - p) / len(x)
    return x.T @ error, error.sum()


@misconception(
    of="grads",
    says="b is one number that is added in every row: its gradient is the sum over the rows.",
)
def keeps_the_rows_of_b(x, y, w, b):
    error = errors(x, y, w, b) / len(x)
    return x.T @ error, error


@misconception(
    of="grads",
    says="exp overflows where the logit is large, and inf / inf is NaN. torch.sigmoid doesn't.",
)
def divides_the_exps(x, y, w, b):
    exps = (x @ w + b).detach().exp()
    error = (exps / (1 + exps) - y) / len(x)
    return x.T @ error, error.sum()


@misconception(
    of="grads",
    says="Autograd does the work. The closed form is a line for each gradient: a row's error, "
    "times what the parameter was multiplied with.",
)
def asks_autograd(x, y, w, b):
    leaves = [w.detach().clone().requires_grad_(), b.detach().clone().requires_grad_()]
    loss = per_element(x @ leaves[0] + leaves[1], y).mean()
    return torch.autograd.grad(loss, leaves)
