"""Properties and misconceptions of modules/mlp."""

import copy
import io
from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import nn

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

SIZES = st.one_of(
    st.lists(st.sampled_from((2, 3, 1)), min_size=3, max_size=5),
    st.integers(2, 4).flatmap(lambda depth: st.just([2] * depth + [3])),
    st.lists(st.sampled_from((3, 2, 1)), min_size=2, max_size=2),
)
BATCHES = st.one_of(st.just((2,)), st.shapes(0, 3))


@st.composite
def networks(draw, dtype=None, values="digits"):
    """Sizes, the values of all parameters in order, and an input."""
    sizes, kind = draw(SIZES), dtype or draw(st.dtypes())
    shapes = [shape for a, b in pairwise(sizes) for shape in ((b, a), (b,))]
    state = [draw(st.tensors(shape, kind, values=values)) for shape in shapes]
    if values == "steps":
        # Finer than what the layer adds up, so that no sum is 0, where a ReLU has no derivative.
        state[1::2] = [bias + 0.5 ** (5 + 3 * layer) for layer, bias in enumerate(state[1::2])]
    return {
        "sizes": sizes,
        "state": state,
        "x": draw(st.tensors((*draw(BATCHES), sizes[0]), kind, values=values)),
    }


# Sums of these are exact and not 0, so that a ReLU meets the same side of 0 however it is written.
exact = networks(torch.float64, "steps")


def filled(model, state):
    """The model with these values, their dtype and on their device."""
    model.to(state[0].device, state[0].dtype)
    params = list(model.parameters())
    shapes = [tuple(param.shape) for param in params]
    assert shapes == [tuple(value.shape) for value in state], (
        f"parameters() gives shapes {shapes}: weight and bias of each layer are wanted, in order."
    )
    with torch.no_grad():
        for param, value in zip(params, state, strict=True):
            param.copy_(value)
    return model


def values(model):
    return [param.detach().clone() for param in model.parameters()]


def reference(state, x):
    *hidden, last = zip(state[::2], state[1::2], strict=True)
    for weight, bias in hidden:
        x = F.relu(F.linear(x, weight, bias))
    return F.linear(x, *last)


@forall(sizes=SIZES)
def test_registers_weight_and_bias_of_each_layer(impl, sizes):
    """parameters() gives weight and bias of each layer, from the first to the last."""
    model = impl.MLP(sizes)
    return {
        "shapes": [tuple(param.shape) for param in model.parameters()],
        "requires_grad": [param.requires_grad for param in model.parameters()],
        "is an nn.Module": isinstance(model, nn.Module),
        "nn.Linear's": sum(isinstance(each, nn.Linear) for each in model.modules()),
    }


@forall(networks())
def test_computes_layer_after_layer(impl, sizes, state, x):
    """A ReLU follows each layer but the last, for any dimensions before the last one."""
    result = filled(impl.MLP(sizes), state)(x)
    assert_same(result.detach(), reference(state, x))
    return result


@forall(exact)
def test_gives_gradients(impl, sizes, state, x):
    """The input and all parameters get their gradients."""
    model, leaf = filled(impl.MLP(sizes=sizes), state), x.detach().requires_grad_()
    result = model(leaf)
    (result * result.detach()).sum().backward()
    return leaf.grad, [param.grad for param in model.parameters()]


@forall(exact, later=st.sampled_from(("deepcopy", "saved", "eval", "half back")))
def test_lives_as_a_module(impl, sizes, state, x, later):
    """Copied, saved and loaded, converted or in eval mode, all of its layers go on training."""
    first = model = filled(impl.MLP(sizes), state)
    model(x)
    if later == "deepcopy":
        model = copy.deepcopy(model)
    elif later == "saved":
        file = io.BytesIO()
        torch.save(model.state_dict(), file)
        file.seek(0)
        model = impl.MLP(sizes).to(x.device, x.dtype)
        model.load_state_dict(torch.load(file, map_location=x.device))
    elif later == "eval":
        model.eval()
    else:
        model.float().double()
    optimizer = torch.optim.SGD(list(model.parameters()), lr=0.5)
    result = model(x)
    (result * result.detach()).sum().backward()
    optimizer.step()
    return {
        "result": result,
        "after a step": values(model),
        "the first one": values(first) if first is not model else None,
    }


@forall(sizes=SIZES)
def test_starts_as_linear_layers_do(impl, sizes):
    """Each layer starts with random values of its own, within the bounds of nn.Linear."""
    params = list(impl.MLP(sizes).parameters()) + list(impl.MLP(sizes).parameters())
    bounds = [side**-0.5 for side in sizes[:-1] for _ in range(2)] * 2
    flat = [param.detach().flatten() for param in params]
    return {
        "within": [
            bool((one.abs() <= bound * 1.0001).all())
            for one, bound in zip(flat, bounds, strict=False)
        ],
        "alike": sum(
            torch.equal(one, other) for k, one in enumerate(flat) for other in flat[k + 1 :]
        ),
        "spread": torch.cat(flat).std().item() > 0.05,
    }


class _Answer(nn.Module):
    """What the misconceptions have in common: all of it right but for what each one changes."""

    def __init__(self, sizes):
        super().__init__()
        self.layers = self.kept([self.layer(a, b) for a, b in pairwise(sizes)])

    def layer(self, inputs, outputs):
        return nn.Linear(inputs, outputs)

    def kept(self, layers):
        return nn.ModuleList(layers)

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = layer(x).relu()
        return self.layers[-1](x)


@misconception(
    of="MLP",
    says="A module does not look into a Python list: the layers in it are not registered, and the "
    "model has no parameters.",
)
class KeepsAPythonList(_Answer):
    def kept(self, layers):
        return layers


@misconception(
    of="MLP",
    says="[layer] * n is the same layer n times, with one weight for all. Each layer needs to be "
    "made by itself.",
)
class MultipliesALayer(_Answer):
    def kept(self, layers):
        sizes = {tuple(layer.weight.shape): layer for layer in layers}
        return nn.ModuleList(sizes[tuple(layer.weight.shape)] for layer in layers)


@misconception(
    of="MLP",
    says="There is a ReLU behind the last layer too: the output could never be negative.",
)
class ActivatesTheOutput(_Answer):
    def forward(self, x):
        return super().forward(x).relu()


@misconception(
    of="MLP",
    says="Without a ReLU between them, linear layers come to no more than one linear layer.",
)
class ForgetsTheRelu(_Answer):
    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


@misconception(
    of="MLP",
    says="The ReLU comes behind a layer. Yours comes before, and cuts the input off at 0.",
)
class ActivatesTheInput(_Answer):
    def forward(self, x):
        for layer in self.layers:
            x = layer(x.relu())
        return x


@misconception(
    of="MLP",
    says="The last hidden layer has a ReLU behind it too: only the output has none.",
)
class StopsActivatingTooEarly(_Answer):
    def forward(self, x):
        for number, layer in enumerate(self.layers):
            x = layer(x)
            if number < len(self.layers) - 2:
                x = x.relu()
        return x


@misconception(
    of="MLP",
    says="The last size is missing: n sizes make n - 1 layers, and the last of them gives the "
    "output.",
)
class StopsOneLayerEarly(_Answer):
    def __init__(self, sizes):
        super().__init__(sizes[:-1])

    def forward(self, x):
        for layer in self.layers:
            x = layer(x).relu()
        return x


@misconception(
    of="MLP",
    says="nn.Linear takes the number of inputs first, then that of outputs.",
)
class SwapsInputsAndOutputs(_Answer):
    def layer(self, inputs, outputs):
        return nn.Linear(outputs, inputs)


@misconception(
    of="MLP",
    says="Each layer has a bias.",
)
class LeavesOutTheBias(_Answer):
    def layer(self, inputs, outputs):
        return nn.Linear(inputs, outputs, bias=False)


@misconception(
    of="MLP",
    says="The input may have any number of dimensions before its last one, and a linear layer "
    "takes them all. There is nothing to flatten.",
)
class FlattensTheInput(_Answer):
    def forward(self, x):
        return super().forward(x.flatten(1))


@misconception(
    of="MLP",
    says="The hidden layers are followed by a ReLU: the statement wants no other function.",
)
class UsesTanh(_Answer):
    def forward(self, x):
        for layer in self.layers[:-1]:
            x = layer(x).tanh()
        return self.layers[-1](x)


@misconception(
    of="MLP",
    says="The output is what the last layer gives. A softmax belongs to the loss.",
)
class EndsWithSoftmax(_Answer):
    def forward(self, x):
        return super().forward(x).softmax(-1)
