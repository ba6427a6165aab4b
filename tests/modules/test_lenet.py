"""Properties and misconceptions of modules/lenet."""

import copy
import io

import torch
import torch.nn.functional as F
from torch import nn

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

SHAPES = {
    "conv1.weight": (6, 1, 5, 5),
    "conv1.bias": (6,),
    "conv2.weight": (16, 6, 5, 5),
    "conv2.bias": (16,),
    "fc1.weight": (120, 400),
    "fc1.bias": (120,),
    "fc2.weight": (84, 120),
    "fc2.bias": (84,),
    "fc3.weight": (10, 84),
    "fc3.bias": (10,),
}
BATCHES = st.sampled_from((2, 1, 0, 3))
SEEDS = st.integers(0, 99)


def state_from(seed, device, dtype=torch.float64):
    """Values for all parameters that let the numbers neither die out nor explode."""
    generator = torch.Generator().manual_seed(seed)
    return {
        name: (torch.randn(shape, generator=generator, dtype=torch.float64) * shape[-1] ** -0.5).to(
            device, dtype
        )
        for name, shape in SHAPES.items()
    }


def images(seed, batch, device, dtype=torch.float64):
    generator = torch.Generator().manual_seed(seed)
    drawn = torch.randn((batch, 1, 32, 32), generator=generator, dtype=torch.float64)
    return drawn.to(device, dtype)


def filled(model, state):
    """The model with this state, of its dtype and on its device."""
    model.to(state["fc3.bias"].device, state["fc3.bias"].dtype)
    model.load_state_dict(state)
    return model


def reference(state, x):
    for name in ("conv1", "conv2"):
        x = F.conv2d(x, state[f"{name}.weight"], state[f"{name}.bias"])
        x = F.max_pool2d(x.clamp(min=0), 2)
    x = x.flatten(1)
    for name in ("fc1", "fc2"):
        x = (x @ state[f"{name}.weight"].T + state[f"{name}.bias"]).clamp(min=0)
    return x @ state["fc3.weight"].T + state["fc3.bias"]


def summary(tensors):
    """Sums, and sums of squares: a fingerprint of many values."""
    return {name: (each.sum(), each.square().sum()) for name, each in tensors.items()}


@forall(x=st.tensors(st.one_of(st.shapes(1, 4), st.just((2, 3, 2)), st.just((0, 3, 2)))))
def test_counts_the_features_of_a_sample(impl, x):
    """num_flat_features is the product of all sides but the first, as an int."""
    return impl.num_flat_features(x)


@forall(seed=SEEDS, examples=2)
def test_has_the_layers_of_the_table(impl, seed):
    """The state dict holds the parameters of conv1, conv2, fc1, fc2 and fc3, in these shapes."""
    torch.manual_seed(seed)
    model = impl.LeNet()
    return {
        "state dict": {name: tuple(value.shape) for name, value in model.state_dict().items()},
        "parameters": sorted(name for name, _ in model.named_parameters()),
        "layers": [isinstance(getattr(model, n), nn.Conv2d) for n in ("conv1", "conv2")]
        + [isinstance(getattr(model, n), nn.Linear) for n in ("fc1", "fc2", "fc3")],
    }


@forall(
    seed=SEEDS,
    batch=BATCHES,
    examples=8,
    strata={"no image": {"batch": st.just(0)}, "one image": {"batch": st.just(1)}},
)
def test_scores_each_image(impl, seed, batch, device):
    """Each image gets the ten scores that the table leads to; a batch may hold one, or none."""
    state, x = state_from(seed, device), images(seed, batch, device)
    result = filled(impl.LeNet(), state)(x)
    assert_same(result.detach(), reference(state, x))
    return result, x - images(seed, batch, device), x._version


@forall(seed=SEEDS, examples=2)
def test_works_in_float32(impl, seed, device):
    """A float32 model gives float32 scores."""
    state = state_from(seed, device, torch.float32)
    result = filled(impl.LeNet(), state)(images(seed, 2, device, torch.float32))
    return torch.zeros_like(result)


@forall(seed=SEEDS, batch=st.sampled_from((2, 1)), examples=3)
def test_gives_gradients(impl, seed, batch, device):
    """The images and all parameters get their gradients."""
    model = filled(impl.LeNet(), state_from(seed, device))
    x = images(seed, batch, device).requires_grad_()
    model(x).square().sum().backward()
    return x.grad, summary({name: param.grad for name, param in model.named_parameters()})


@forall(seed=SEEDS, later=st.sampled_from(("deepcopy", "saved", "eval")), examples=4)
def test_lives_as_a_module(impl, seed, later, device):
    """Copied, saved and loaded or in eval mode, it goes on training."""
    x = images(seed, 2, device)
    first = model = filled(impl.LeNet(), state_from(seed, device))
    model(x)
    if later == "deepcopy":
        model = copy.deepcopy(model)
    elif later == "saved":
        file = io.BytesIO()
        torch.save(model.state_dict(), file)
        file.seek(0)
        model = filled(impl.LeNet(), torch.load(file, map_location=device))
    else:
        model.eval()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    model(x).square().sum().backward()
    optimizer.step()
    return {
        "scores after a step": model(x),
        "those of the first one": first(x) if first is not model else None,
    }


class _Answer(nn.Module):
    """What the misconceptions have in common: all of it right but for what each one changes."""

    def __init__(self, channels=1, kernel=5, padding=0, side=5):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, 6, kernel, padding=padding)
        self.conv2 = nn.Conv2d(6, 16, kernel)
        self.fc1 = nn.Linear(16 * side * side, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, 10)

    def pooled(self, x):
        return F.max_pool2d(x, 2)

    def flat(self, x):
        return x.flatten(1)

    def forward(self, x):
        x = self.pooled(self.conv1(x).relu())
        x = self.pooled(self.conv2(x).relu())
        x = self.fc1(self.flat(x)).relu()
        return self.fc3(self.fc2(x).relu())


@misconception(
    of="num_flat_features",
    says="The first side is the batch: how many samples there are says nothing about one of them.",
)
def counts_the_batch(x):
    return x.numel()


@misconception(
    of="num_flat_features",
    says="Where the batch is empty, dividing by it can't tell how large a sample is.",
)
def divides_by_the_batch(x):
    return x.numel() // len(x)


@misconception(
    of="num_flat_features",
    says="The second side is the channels alone. A sample may have further sides, or none.",
)
def counts_the_channels(x):
    return x.shape[1]


@misconception(
    of="num_flat_features",
    says="The numbers of a sample are counted by the product of its sides; yours is their sum.",
)
def adds_the_sides(x):
    return sum(x.shape[1:])


@misconception(
    of="LeNet",
    says="Without a ReLU between them, layers come to no more than one layer, pooling aside.",
)
class ForgetsTheRelu(_Answer):
    def forward(self, x):
        x = self.pooled(self.conv2(self.pooled(self.conv1(x))))
        return self.fc3(self.fc2(self.fc1(self.flat(x))))


@misconception(
    of="LeNet",
    says="The convolutions have a ReLU behind them too, not the linear layers alone.",
)
class ActivatesLinearLayersOnly(_Answer):
    def forward(self, x):
        x = self.pooled(self.conv2(self.pooled(self.conv1(x))))
        return self.fc3(self.fc2(self.fc1(self.flat(x)).relu()).relu())


@misconception(
    of="LeNet",
    says="fc1 and fc2 have a ReLU behind them too, not the convolutions alone.",
)
class ActivatesConvolutionsOnly(_Answer):
    def forward(self, x):
        x = self.pooled(self.conv1(x).relu())
        x = self.pooled(self.conv2(x).relu())
        return self.fc3(self.fc2(self.fc1(self.flat(x))))


@misconception(
    of="LeNet",
    says="Scores may be negative: there is no ReLU behind the last layer.",
)
class ActivatesTheScores(_Answer):
    def forward(self, x):
        return super().forward(x).relu()


@misconception(
    of="LeNet",
    says="The scores are what fc3 gives. A softmax belongs to the loss, not to the model.",
)
class EndsWithSoftmax(_Answer):
    def forward(self, x):
        return super().forward(x).log_softmax(1)


@misconception(
    of="LeNet",
    says="The pooling takes the largest of four numbers; yours takes their mean.",
)
class PoolsTheMean(_Answer):
    def pooled(self, x):
        return F.avg_pool2d(x, 2)


@misconception(
    of="LeNet",
    says="view(n, -1) can't work the second side out where n is 0: any number would fit.",
)
class LeavesTheRestToView(_Answer):
    def flat(self, x):
        return x.view(x.shape[0], -1)


@misconception(
    of="LeNet",
    says="The batch is flattened too: fc1 would need as many inputs as all images together have.",
)
class FlattensTheBatch(_Answer):
    def flat(self, x):
        return x.flatten()


@misconception(
    of="LeNet",
    says="squeeze removes every side of length 1, and so the batch where it holds one image.",
)
class SqueezesTheBatch(_Answer):
    def forward(self, x):
        return super().forward(x).squeeze()


@misconception(
    of="LeNet",
    says="The kernels are 5 × 5, as the table has it. Other versions of this network have 3 × 3.",
)
class HasSmallKernels(_Answer):
    def __init__(self):
        super().__init__(kernel=3, side=6)


@misconception(
    of="LeNet",
    says="Padding is for images of 28 × 28. These have 32 × 32, and conv1 makes 28 × 28 of them.",
)
class PadsTheImages(_Answer):
    def __init__(self):
        super().__init__(padding=2, side=6)


@misconception(
    of="LeNet",
    says="The images have one channel, grey; yours wants three.",
)
class WantsColour(_Answer):
    def __init__(self):
        super().__init__(channels=3)
