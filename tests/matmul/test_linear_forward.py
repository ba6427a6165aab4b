"""Properties and misconceptions of matmul/linear_forward."""

import torch
import torch.nn.functional as F

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

LEADING = st.one_of(st.shapes(1, 2, min_side=1), st.shapes(0, 3), st.just((3,)))
SIDES = (2, 3, 1, 4)


@st.composite
def layers(draw, dtype=None, sides=(*SIDES, 0), leading=LEADING, biased=True):
    """An input and the parameters of a layer, of which as many are square as are not."""
    inputs = draw(st.sampled_from(sides))
    outputs = draw(st.sampled_from((inputs, *sides[:3], sides[-1])))
    kind = dtype or draw(st.dtypes())
    x = draw(st.tensors((*draw(leading), inputs), kind, layouts=["contiguous"]))
    layer = {
        "x": st.laid_out(x, draw(st.sampled_from(st.LAYOUTS))),
        "weight": draw(st.tensors((outputs, inputs), kind)),
    }
    return {**layer, "bias": draw(st.tensors((outputs,), kind))} if biased else layer


@st.composite
def weighted_layers(draw):
    """A layer with at least one input and output, and a gradient for each value of the result."""
    layer = draw(layers(torch.float64, SIDES, st.shapes(0, 2, min_side=1)))
    shape = (*layer["x"].shape[:-1], layer["weight"].shape[0])
    return {**layer, "weights": draw(st.tensors(shape, torch.float64))}


@forall(layers(), ban=[F.linear])
def test_agrees_with_torch(impl, x, weight, bias):
    """Each vector of inputs is multiplied with each output's row of weights, and the bias added."""
    result = impl.linear(x, weight, bias)
    assert_same(result, F.linear(x, weight, bias))
    return result


@forall(layers(biased=False), ban=[F.linear])
def test_does_without_a_bias(impl, x, weight):
    """Where bias is None or not given, nothing is added."""
    result = impl.linear(x=x, weight=weight), impl.linear(x, weight, bias=None)
    assert_same(result, (F.linear(x, weight), F.linear(x, weight)))
    return result


@st.composite
def unbiased(draw):
    """A layer whose bias is 0, as it often begins."""
    layer = draw(weighted_layers())
    return {**layer, "bias": torch.zeros_like(layer["bias"])}


@forall(
    weighted_layers(),
    ban=[F.linear],
    examples=20,
    strata={"a bias of 0": unbiased()},
)
def test_gradient_reaches_all_three(impl, x, weight, bias, weights):
    """x, weight and bias get the gradients that F.linear gives them."""
    leaves = [each.detach().requires_grad_() for each in (x, weight, bias)]
    result = impl.linear(*leaves)
    assert result.requires_grad, "The result is cut off from the arguments: no gradient can flow."
    gradients = torch.autograd.grad(result, leaves, weights, materialize_grads=True)
    assert_same(gradients, torch.autograd.grad(F.linear(*leaves), leaves, weights))
    return result, gradients


def added(product, bias):
    return product if bias is None else product + bias


@misconception(
    of="linear",
    says="weight has a row for each output and a column for each input. x @ weight would need it "
    "the other way round.",
)
def multiplies_without_transposing(x, weight, bias=None):
    return added(x @ weight, bias)


@misconception(
    of="linear",
    says="An output is the sum of its weighted inputs. Yours is their mean.",
)
def takes_the_mean(x, weight, bias=None):
    return added((x.unsqueeze(-2) * weight).mean(-1), bias)


@misconception(
    of="linear",
    says="The bias is never used: each output adds its own.",
)
def forgets_the_bias(x, weight, bias=None):
    return x @ weight.T


@misconception(
    of="linear",
    says="The bias can be None. Ask for that before you add it.",
)
def always_adds_the_bias(x, weight, bias=None):
    return x @ weight.T + bias


@misconception(
    of="linear",
    says="`if bias` asks a tensor for its value: one of several values raises, and one that holds "
    "a 0 counts as missing. Ask whether it is None.",
)
def asks_the_bias_for_its_value(x, weight, bias=None):
    if bias:
        return x @ weight.T + bias
    return x @ weight.T


@misconception(
    of="linear",
    says="x need not be a matrix: addmm and mm take two dimensions each, a layer takes any number "
    "before the last one.",
)
def takes_x_for_a_matrix(x, weight, bias=None):
    if bias is None:
        return torch.mm(x, weight.T)
    return torch.addmm(bias, x, weight.T)


@misconception(
    of="linear",
    says="The bias belongs to the outputs, the last dimension of the result. As a column it is "
    "added along another one.",
)
def adds_the_bias_as_a_column(x, weight, bias=None):
    product = x @ weight.T
    return product if bias is None else product + bias.unsqueeze(-1)


@misconception(
    of="linear",
    says="-1 stands for what is left over, and nothing can tell how much that is where another "
    "side is 0. @ needs no reshape.",
)
def leaves_sides_to_reshape(x, weight, bias=None):
    product = x.reshape(-1, x.shape[-1]) @ weight.T
    return added(product, bias).reshape(*x.shape[:-1], -1)


@misconception(
    of="linear",
    says="torch.matmul(weight, x) takes a vector x for a column. A batch of vectors lies in rows, "
    "so x has to come first.",
)
def puts_the_weight_first(x, weight, bias=None):
    return added(weight @ x, bias)
