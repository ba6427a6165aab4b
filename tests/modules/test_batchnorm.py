"""Properties and misconceptions of modules/batchnorm."""

import copy
import io

import torch
import torch.nn.functional as F
from torch import nn

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

BANNED = [
    *(F.batch_norm, F.instance_norm, F.group_norm, F.layer_norm),
    # What these call, and what is also there without them.
    *(torch.ops.aten.native_batch_norm, torch.ops.aten._native_batch_norm_legit),
    *(torch.ops.aten._batch_norm_with_update, torch.ops.aten.cudnn_batch_norm),
    *(torch.ops.aten.native_layer_norm, torch.ops.aten.native_group_norm),
]
SETTINGS = st.sampled_from(
    ({}, {"eps": 0.5}, {"momentum": 0.5}, {"eps": 0.25, "momentum": 0.75}, {"momentum": 1.0})
)
NEVER_MOVES = {"averages that never move": {"settings": st.just({"momentum": 0.0})}}


@st.composite
def images(draw, channels, dtype, batches=(2, 3, 1)):
    """A batch with at least two values a channel, which differ: their variance is not 0."""
    batch = draw(st.sampled_from(batches))
    height, width = draw(st.sampled_from((1, 2))), draw(st.sampled_from((1, 3)))
    if batch * height * width == 1:
        height = 2
    x = draw(st.tensors((batch, channels, height, width), dtype))
    if batch:
        x = x.clone()
        x[0, :, 0, 0] += 4
    return x


@st.composite
def layers(draw, dtype=torch.float64, steps=1, batches=(2, 3, 1)):
    """The state of a layer, how it is made, and batches for it."""
    channels = draw(st.sampled_from((2, 3, 1)))
    one = st.tensors((channels,), dtype)
    return {
        "state": {
            "weight": draw(one),
            "bias": draw(one),
            "running_mean": draw(one),
            "running_var": draw(one).abs() + 0.3,
            "num_batches_tracked": torch.tensor(draw(st.integers(0, 5))),
        },
        "settings": draw(SETTINGS),
        "xs": [draw(images(channels, dtype, batches)) for _ in range(steps)],
    }


def made(cls, state, settings):
    """A layer of the class that holds `state`, with its dtype and on its device."""
    layer = cls(len(state["weight"]), **settings)
    layer.to(state["weight"].device, state["weight"].dtype)
    layer.load_state_dict(state)
    return layer


def values(layer):
    return {name: value.detach().clone() for name, value in sorted(layer.state_dict().items())}


def saved_buffers(layer):
    """Those of the state dict: there may be others that are not persistent."""
    state = layer.state_dict()
    return {name: buffer for name, buffer in layer.named_buffers() if name in state}


def after(state, settings, xs, training=True):
    """What nn.BatchNorm2d makes of the batches, and its state at the end."""
    layer = made(nn.BatchNorm2d, state, settings).train(training)
    return [layer(x).detach() for x in xs], values(layer)


@forall(channels=st.integers(1, 4), settings=SETTINGS, examples=6)
def test_has_the_state_of_torchs_layer(impl, channels, settings):
    """Parameters and buffers have the names, shapes and first values of nn.BatchNorm2d's."""
    layer = impl.BatchNorm(channels, **settings)
    assert_same(values(layer), values(nn.BatchNorm2d(channels)))
    return {
        "state dict": values(layer),
        "parameters": sorted(name for name, _ in layer.named_parameters()),
        "trained": [param.requires_grad for param in layer.parameters()],
        "buffers": sorted(saved_buffers(layer)),
    }


@forall(layers(), ban=BANNED, examples=16)
def test_normalizes_the_batch(impl, state, settings, xs):
    """In training each channel is normalized with mean and variance of the batch."""
    result = made(impl.BatchNorm, state, settings)(xs[0])
    assert_same(result.detach(), after(state, settings, xs)[0][0])
    return result


@forall(layers(steps=2), ban=BANNED, strata=NEVER_MOVES, examples=10)
def test_follows_the_batches(impl, state, settings, xs):
    """Each forward pass in training moves the running averages and counts the batch."""
    layer = made(impl.BatchNorm, state, settings)
    seen = []
    for x in xs:
        layer(x)
        seen.append(values(layer))
    assert_same(seen[-1], after(state, settings, xs)[1])
    return seen


@forall(layers(steps=2, batches=(1, 2, 0)), ban=BANNED, examples=10)
def test_evaluates_with_the_running_averages(impl, state, settings, xs):
    """In evaluation the running averages normalize, stay as they are, and nothing is counted."""
    layer = made(impl.BatchNorm, state, settings).eval()
    results = [layer(x).detach() for x in xs]
    assert_same((results, values(layer)), after(state, settings, xs, training=False))
    return results, values(layer)


@forall(layers(steps=2), modes=st.permutations((True, False)), examples=8)
def test_the_mode_alone_decides(impl, state, settings, xs, modes):
    """Under no_grad a layer does the same: in training it follows the batch."""
    layer = made(impl.BatchNorm, state, settings)
    results, recording = [], []
    for x, training in zip(xs, modes, strict=True):
        layer.train(training)
        with torch.no_grad():
            results.append(layer(x))
            recording.append(torch.is_grad_enabled())
    return results, values(layer), recording


@forall(layers(), training=st.booleans(), examples=10)
def test_gives_gradients(impl, state, settings, xs, training):
    """Gradients reach x, through mean and variance too, weight and bias."""
    layer = made(impl.BatchNorm, state, settings).train(training)
    leaf = xs[0].detach().requires_grad_()
    result = layer(leaf)
    (result * result.detach() ** 2).sum().backward()
    return leaf.grad, layer.weight.grad, layer.bias.grad


@forall(layers(steps=3), later=st.sampled_from(("trained", "deepcopy", "saved")), examples=8)
def test_trains_for_several_steps(impl, state, settings, xs, later):
    """Steps follow each other, also in a copy; the buffers are no part of the graph."""
    first = layer = made(impl.BatchNorm, state, settings)
    optimizer = torch.optim.SGD(layer.parameters(), lr=0.125)
    for x in xs[:2]:
        optimizer.zero_grad()
        layer(x.detach().requires_grad_()).square().sum().backward()
        optimizer.step()
    if later == "deepcopy":
        layer = copy.deepcopy(layer)
    elif later == "saved":
        file = io.BytesIO()
        torch.save(layer.state_dict(), file)
        file.seek(0)
        layer = made(impl.BatchNorm, torch.load(file, map_location=xs[0].device), settings)
    layer(xs[2].detach().requires_grad_())
    wants = {name: buffer.requires_grad for name, buffer in saved_buffers(layer).items()}
    return values(layer), values(first), wants, layer.eval()(xs[2])


@forall(layers(dtype=torch.float32), tolerance=(1e-3, 1e-3), examples=4)
def test_keeps_the_dtype(impl, state, settings, xs):
    """A float32 layer gives float32, and its averages stay float32."""
    layer = made(impl.BatchNorm, state, settings)
    return layer(xs[0]), values(layer)


@forall(channels=st.integers(1, 3), counted=st.integers(0, 1), examples=5)
def test_refuses_one_value_a_channel(impl, channels, counted, device):
    """One value a channel has no variance: a ValueError in training, before anything changes."""
    layer = impl.BatchNorm(channels).to(device)
    for _ in range(counted):
        layer(torch.arange(2.0 * channels, device=device).view(2, channels, 1, 1))
    alone, refused = torch.ones(1, channels, 1, 1, device=device), False
    try:
        layer(alone)
    except ValueError:
        refused = True
    return refused, values(layer), layer.eval()(alone)


class _Answer(nn.Module):
    """What the misconceptions have in common: all of it right but for what each one changes."""

    def __init__(self, channels, eps=1e-5, momentum=0.1):
        super().__init__()
        self.eps, self.momentum = eps, momentum
        self.weight = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))
        self.keep("running_mean", torch.zeros(channels))
        self.keep("running_var", torch.ones(channels))
        self.keep("num_batches_tracked", torch.tensor(0))

    def keep(self, name, tensor):
        self.register_buffer(name, tensor)

    def forward(self, x):
        mean, var = self.running_mean, self.running_var
        if self.training:
            if x.numel() == x.shape[1]:
                raise ValueError("one value a channel")
            mean, var = x.mean((0, 2, 3)), x.var((0, 2, 3), correction=0)
            self.follow(mean.detach(), x.detach().var((0, 2, 3)))
        return self.normalized(x, mean, var)

    def follow(self, mean, var):
        self.running_mean = (1 - self.momentum) * self.running_mean + self.momentum * mean
        self.running_var = (1 - self.momentum) * self.running_var + self.momentum * var
        self.num_batches_tracked = self.num_batches_tracked + 1

    def normalized(self, x, mean, var):
        scale = self.weight / (var + self.eps).sqrt()
        return (x - mean[:, None, None]) * scale[:, None, None] + self.bias[:, None, None]


@misconception(
    of="BatchNorm",
    says="The running variance follows the variance divided by n - 1; yours is divided by n.",
)
class FollowsTheBiasedVariance(_Answer):
    def forward(self, x):
        self.count = x.numel() // x.shape[1]
        return super().forward(x)

    def follow(self, mean, var):
        super().follow(mean, var * (self.count - 1) / self.count)


@misconception(
    of="BatchNorm",
    says="The batch is normalized with the variance divided by n. Yours is divided by n - 1, which "
    "is the default of var.",
)
class NormalizesUnbiased(_Answer):
    def normalized(self, x, mean, var):
        if self.training:
            var = x.var((0, 2, 3))
        return super().normalized(x, mean, var)


@misconception(
    of="BatchNorm",
    says="In evaluation the running averages stay as they are, and no batch is counted.",
)
class FollowsInEvaluation(_Answer):
    def forward(self, x):
        result = super().forward(x)
        if not self.training and len(x):
            self.follow(x.detach().mean((0, 2, 3)), x.detach().var((0, 2, 3)))
        return result


@misconception(
    of="BatchNorm",
    says="In evaluation the running averages normalize. Yours takes those of the batch, so that a "
    "result depends on what else is in it.",
)
class EvaluatesWithTheBatch(_Answer):
    def normalized(self, x, mean, var):
        return super().normalized(x, x.mean((0, 2, 3)), x.var((0, 2, 3), correction=0))


@misconception(
    of="BatchNorm",
    says="In training the batch itself is normalized to mean 0. Yours takes the running averages.",
)
class TrainsWithTheAverages(_Answer):
    def normalized(self, x, mean, var):
        return super().normalized(x, self.running_mean, self.running_var)


@misconception(
    of="BatchNorm",
    says="momentum is the share of the new batch, not that of the past. (In an optimizer the word "
    "means the other.)",
)
class SwapsTheMomentum(_Answer):
    def follow(self, mean, var):
        own, self.momentum = self.momentum, 1 - self.momentum
        super().follow(mean, var)
        self.momentum = own


@misconception(
    of="BatchNorm",
    says="A plain tensor in an attribute is not in the state dict: the averages would be lost when "
    "the model is saved. Register them.",
)
class KeepsPlainTensors(_Answer):
    def keep(self, name, tensor):
        setattr(self, name, tensor)


@misconception(
    of="BatchNorm",
    says="What is a parameter is given to the optimizer, with requires_grad=False too. Averages "
    "are buffers.",
)
class KeepsParameters(_Answer):
    def keep(self, name, tensor):
        setattr(self, name, nn.Parameter(tensor, requires_grad=False))

    def follow(self, mean, var):
        self.running_mean.lerp_(mean, self.momentum)
        self.running_var.lerp_(var, self.momentum)
        self.num_batches_tracked += 1


@misconception(
    of="BatchNorm",
    says="The averages took the graph of the batch along: they require grad, and the next backward "
    "pass would go through the last one's.",
)
class KeepsTheGraph(_Answer):
    def follow(self, mean, var):
        super().follow(mean + 0 * self.weight, var + 0 * self.weight)


@misconception(
    of="BatchNorm",
    says="Mean and variance of the batch depend on x, and gradients flow through them too. Yours "
    "are detached.",
)
class DetachesTheStatistics(_Answer):
    def normalized(self, x, mean, var):
        return super().normalized(x, mean.detach(), var.detach())


@misconception(
    of="BatchNorm",
    says="Yours follows the batch only where gradients are recorded. Batch norm asks for its mode, "
    "self.training, and for nothing else.",
)
class AsksForGradMode(_Answer):
    def follow(self, mean, var):
        if torch.is_grad_enabled():
            super().follow(mean, var)


@misconception(
    of="BatchNorm",
    says="A channel has one mean, over all images and places. Yours has one for each place.",
)
class NormalizesEachPlace(_Answer):
    def normalized(self, x, mean, var):
        if not self.training:
            return super().normalized(x, mean, var)
        middle = x - x.mean(0)
        scaled = middle / (x.var(0, correction=0) + self.eps).sqrt()
        return scaled * self.weight[:, None, None] + self.bias[:, None, None]


@misconception(
    of="BatchNorm",
    says="eps is added to the variance, under the root.",
)
class AddsEpsToTheRoot(_Answer):
    def normalized(self, x, mean, var):
        scale = self.weight / (var.sqrt() + self.eps)
        return (x - mean[:, None, None]) * scale[:, None, None] + self.bias[:, None, None]


@misconception(
    of="BatchNorm",
    says="num_batches_tracked counts the batches of training; yours stays as it is.",
)
class NeverCounts(_Answer):
    def follow(self, mean, var):
        super().follow(mean, var)
        self.num_batches_tracked = self.num_batches_tracked - 1


@misconception(
    of="BatchNorm",
    says="One value a channel has no variance in training: a ValueError is due, and the averages "
    "must not become NaN.",
)
class TakesASingleValue(_Answer):
    def forward(self, x):
        if self.training and x.numel() == x.shape[1]:
            self.follow(x.flatten(), x.flatten() * float("nan"))
            return self.normalized(x, x.flatten(), x.flatten() * 0)
        return super().forward(x)
