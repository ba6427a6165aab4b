"""Properties and misconceptions of modules/linear_module."""

import copy
import io
import math

import torch
import torch.nn.functional as F
from torch import nn

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

BATCHES = st.one_of(st.just((2,)), st.shapes(0, 3))


@st.composite
def sizes(draw):
    return {
        "in_features": draw(st.integers(1, 4)),
        "out_features": draw(st.integers(1, 4)),
        "bias": draw(st.booleans()),
    }


@st.composite
def layers(draw):
    """What a layer holds, by name, and an input for it."""
    inputs, outputs = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    dtype = draw(st.dtypes())
    state = {"weight": draw(st.tensors((outputs, inputs), dtype))}
    if draw(st.booleans()):
        state["bias"] = draw(st.tensors((outputs,), dtype))
    return {"state": state, "x": draw(st.tensors((*draw(BATCHES), inputs), dtype))}


def made(cls, state):
    """A layer of the class that holds `state`, with its dtype and on its device."""
    weight = state["weight"]
    outputs, inputs = weight.shape
    layer = cls(inputs, outputs) if "bias" in state else cls(inputs, outputs, bias=False)
    layer.to(weight.device, weight.dtype)
    layer.load_state_dict(state)
    return layer


def described(state):
    return {name: (tuple(value.shape), value.dtype) for name, value in state.items()}


def values(module):
    return {name: value.detach().clone() for name, value in module.state_dict().items()}


@forall(sizes())
def test_holds_weight_and_bias(impl, in_features, out_features, bias):
    """Parameters and state dict are weight, (outputs, inputs), and bias, or weight alone."""
    layer = impl.Linear(in_features, out_features, bias)
    return {
        "state dict": described(layer.state_dict()),
        "parameters": described(dict(layer.named_parameters())),
        "requires_grad": [param.requires_grad for param in layer.parameters()],
        "bias is None": layer.bias is None,
        "is an nn.Module": isinstance(layer, nn.Module),
        "is an nn.Linear": isinstance(layer, nn.Linear),
    }


@forall(layers(), ban=[F.linear])
def test_computes_the_layer(impl, state, x):
    """The result is x @ weight.T + bias, for any dimensions before the last."""
    result = made(impl.Linear, state)(x)
    assert_same(result.detach(), F.linear(x, state["weight"], state.get("bias")))
    return result


@forall(layers())
def test_gives_gradients(impl, state, x):
    """x, weight and bias each get their gradient."""
    layer, leaf = made(impl.Linear, state), x.detach().requires_grad_()
    result = layer(leaf)
    (result * result.detach()).sum().backward()
    return {"x": leaf.grad, **{name: param.grad for name, param in layer.named_parameters()}}


@forall(layers(), ban=[F.linear])
def test_swaps_its_state_with_torch(impl, state, x):
    """Its state dict loads into an nn.Linear, and that of an nn.Linear into it."""
    layer = made(impl.Linear, state)
    theirs = nn.Linear(layer.weight.shape[1], layer.weight.shape[0], "bias" in state)
    theirs.to(x.device, x.dtype).load_state_dict(layer.state_dict())
    other = {name: 2 * value for name, value in theirs.state_dict().items()}
    layer.load_state_dict(other)
    assert_same(layer(x).detach(), F.linear(x, other["weight"], other.get("bias")))
    return values(theirs), values(layer)


@forall(layers(), later=st.sampled_from(("deepcopy", "saved", "double", "eval")))
def test_lives_as_a_module(impl, state, x, later):
    """Copied, saved and loaded, converted or in eval mode, it trains on as nn.Linear does."""
    layer = made(impl.Linear, state)
    layer(x)
    first, kept = layer, values(layer)
    if later == "deepcopy":
        layer = copy.deepcopy(layer)
    elif later == "saved":
        file = io.BytesIO()
        torch.save(layer.state_dict(), file)
        file.seek(0)
        layer = made(impl.Linear, torch.load(file, map_location=x.device))
    elif later == "double":
        layer, x = layer.double(), x.double()
    else:
        layer.eval()
    optimizer = torch.optim.SGD(layer.parameters(), lr=0.5)
    layer(x).square().sum().backward()
    optimizer.step()
    return {
        "after a step": values(layer),
        "result": layer(x),
        "the first one": values(first) if first is not layer else kept,
    }


@forall(
    in_features=st.sampled_from((100, 400)), bias=st.booleans(), seed=st.integers(0, 9), examples=4
)
def test_starts_evenly_spread(impl, in_features, bias, seed):
    """The values at the start lie evenly between -1 / √in_features and 1 / √in_features."""
    torch.manual_seed(seed)
    layer, bound = impl.Linear(in_features, 300, bias), 1 / math.sqrt(in_features)
    spread = {}
    for name, param in layer.named_parameters():
        scaled = param.detach() / bound
        spread[name] = {
            "all within": bool((scaled.abs() <= 1.0001).all()),
            "mean near 0": abs(scaled.mean().item()) < 0.2,
            "as wide as it should be": abs(scaled.std().item() * math.sqrt(3) - 1) < 0.2,
            "flat": abs((scaled.abs() > 0.5).double().mean().item() - 0.5) < 0.15,
        }
    return spread


@forall(dtype=st.dtypes(torch.float64, torch.float16), bias=st.booleans(), examples=4)
def test_starts_in_the_default_dtype(impl, dtype, bias):
    """The parameters have torch's default dtype, whatever that is when the layer is made."""
    before = torch.get_default_dtype()
    torch.set_default_dtype(dtype)
    try:
        layer = impl.Linear(3, 2, bias)
    finally:
        torch.set_default_dtype(before)
    return described(layer.state_dict())


@forall(sizes())
def test_each_layer_has_its_own(impl, in_features, out_features, bias):
    """Two layers share no parameter and start with different values."""
    first = impl.Linear(in_features, out_features, bias)
    second = impl.Linear(in_features=in_features, out_features=out_features, bias=bias)
    pairs = zip(first.parameters(), second.parameters(), strict=False)
    differ = [bool((one != other).any()) for one, other in pairs]
    with torch.no_grad():
        for param in first.parameters():
            param.fill_(7)
    return differ, [bool((param == 7).any()) for param in second.parameters()]


class _Answer(nn.Module):
    """What the misconceptions have in common: all of it right but for what each one changes."""

    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        k = 1 / math.sqrt(in_features)
        self.fill(
            torch.empty(out_features, in_features).uniform_(-k, k),
            torch.empty(out_features).uniform_(-k, k) if bias else None,
        )

    def fill(self, weight, bias):
        self.weight = nn.Parameter(weight)
        self.bias = None if bias is None else nn.Parameter(bias)

    def forward(self, x):
        result = x @ self.weight.T
        return result if self.bias is None else result + self.bias


@misconception(
    of="Linear",
    says="A plain tensor in an attribute is not registered, even where it requires grad: no "
    "optimizer moves it, and no state dict holds it.",
)
class KeepsPlainTensors(_Answer):
    def fill(self, weight, bias):
        self.weight = weight.requires_grad_()
        self.bias = None if bias is None else bias.requires_grad_()


@misconception(
    of="Linear",
    says="A buffer is saved and moved with the module, but it is no parameter: it gets no "
    "gradient, and no optimizer moves it.",
)
class RegistersBuffers(_Answer):
    def fill(self, weight, bias):
        self.register_buffer("weight", weight)
        self.register_buffer("bias", bias)


@misconception(
    of="Linear",
    says="The weight is stored as (outputs, inputs), a row for each output. Yours lies the other "
    "way round, and no nn.Linear could load it.",
)
class StoresInputsFirst(_Answer):
    def fill(self, weight, bias):
        super().fill(weight.T.contiguous(), bias)

    def forward(self, x):
        result = x @ self.weight
        return result if self.bias is None else result + self.bias


@misconception(
    of="Linear",
    says="With bias=False there is no bias at all. Yours is there, and would be trained and saved.",
)
class AlwaysHasABias(_Answer):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__(in_features, out_features)


@misconception(
    of="Linear",
    says="The bias is made, but forward never adds it.",
)
class ForgetsTheBias(_Answer):
    def forward(self, x):
        return x @ self.weight.T


@misconception(
    of="Linear",
    says="At the start all values are alike. Then all outputs of a hidden layer get the same "
    "gradient and stay alike for ever: draw them at random.",
)
class StartsAtZero(_Answer):
    def fill(self, weight, bias):
        super().fill(torch.zeros_like(weight), None if bias is None else torch.zeros_like(bias))


@misconception(
    of="Linear",
    says="randn draws from a normal distribution, with values of about 1 however many inputs there "
    "are. The statement wants them evenly spread, and the smaller the more inputs there are.",
)
class StartsNormal(_Answer):
    def fill(self, weight, bias):
        super().fill(torch.randn_like(weight), None if bias is None else torch.randn_like(bias))


@misconception(
    of="Linear",
    says="rand draws from 0 up: no value is negative. It has to be stretched and shifted.",
)
class StartsPositive(_Answer):
    def fill(self, weight, bias):
        super().fill(weight.abs(), None if bias is None else bias.abs())


@misconception(
    of="Linear",
    says="The bound is one over the square root of the number of inputs, which is the weight's "
    "last dimension. Yours looks at the outputs.",
)
class BoundsByTheOutputs(_Answer):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__(in_features, out_features, bias)
        with torch.no_grad():
            for param in self.parameters():
                param.mul_(math.sqrt(in_features / out_features))


@misconception(
    of="Linear",
    says="A bias of shape (1, outputs) adds up just as well, but nn.Linear's has one dimension.",
)
class GivesTheBiasARow(_Answer):
    def fill(self, weight, bias):
        super().fill(weight, None if bias is None else bias[None])


@misconception(
    of="Linear",
    says="The transposed weight that you keep is a tensor of its own time: after double(), to() or "
    "a deep copy it is still that of the old parameter. Transpose in forward.",
)
class TransposesOnce(_Answer):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__(in_features, out_features, bias)
        self.transposed = self.weight.detach().T

    def forward(self, x):
        result = x @ self.transposed
        return result if self.bias is None else result + self.bias


@misconception(
    of="Linear",
    says="addmm is for matrices. The input can have any number of dimensions before its last.",
)
class TakesMatricesOnly(_Answer):
    def forward(self, x):
        if self.bias is None:
            return x.mm(self.weight.t())
        return torch.addmm(self.bias, x, self.weight.t())
