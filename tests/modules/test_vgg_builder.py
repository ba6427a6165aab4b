"""Properties and misconceptions of modules/vgg_builder."""

import copy

import torch
import torch.nn.functional as F
from torch import nn

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

KNOWN = {  # convolutions before each pooling, and the parameters with 1000 classes
    "VGG-11": ((1, 1, 2, 2, 2), 132_863_336),
    "VGG-13": ((2, 2, 2, 2, 2), 133_047_848),
    "VGG-16": ((2, 2, 3, 3, 3), 138_357_544),
    "VGG-19": ((2, 2, 4, 4, 4), 143_667_240),
}
CHANNELS = (2, 3, 1)


@st.composite
def lists(draw, least=0):
    """A cfg with `least` numbers or more, and at most two poolings."""
    cfg = list(draw(st.lists(st.sampled_from(CHANNELS), min_size=least, max_size=3)))
    for _ in range(draw(st.integers(0, 2))):
        cfg.insert(draw(st.integers(0, len(cfg))), "M")
    return cfg


sides = st.sampled_from((8, 9, 4, 7))


def random_state(model, seed, device):
    """The model in float64 on the device, with other values than it has been made with."""
    generator = torch.Generator().manual_seed(seed)
    state = {
        name: torch.rand(value.shape, generator=generator, dtype=torch.float64) - 0.3
        for name, value in model.state_dict().items()
        if value.is_floating_point()
    }
    for name in state:
        if name.endswith("running_var"):
            state[name] += 0.5
    model.to(device, torch.float64).load_state_dict(state, strict=False)
    return model


def images(seed, shape, device):
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(shape, generator=generator, dtype=torch.float64).to(device)


def featured(state, cfg, x, batch_norm, prefix=""):
    """What the layers of cfg make of x in evaluation, with their values by name."""
    place = 0
    for entry in cfg:
        if entry == "M":
            x, place = F.max_pool2d(x, 2, 2), place + 1
            continue
        names = ("weight", "bias", "running_mean", "running_var")
        conv, norm = (
            [state.get(f"{prefix}{number}.{name}") for name in names]
            for number in (place, place + 1)
        )
        x = F.conv2d(x, *conv[:2], padding=1)
        if batch_norm:
            x = F.batch_norm(x, *norm[2:], *norm[:2])
        x, place = F.relu(x), place + 2 + batch_norm
    return x


def scored(state, cfg, x, batch_norm):
    x = F.adaptive_avg_pool2d(featured(state, cfg, x, batch_norm, "features."), 7).flatten(1)
    for number in (0, 3):
        x = F.linear(x, *(state[f"classifier.{number}.{n}"] for n in ("weight", "bias"))).relu()
    return F.linear(x, state["classifier.6.weight"], state["classifier.6.bias"])


def described(layers):
    """Each layer's kind, and the shapes of what it holds."""
    return [
        (type(each).__name__, {name: tuple(v.shape) for name, v in each.state_dict().items()})
        for each in layers
    ]


def cfg_of(convolutions):
    widths = (64, 128, 256, 512, 512)
    return [e for n, width in zip(convolutions, widths, strict=True) for e in [width] * n + ["M"]]


@forall(cfg=lists(), in_channels=st.sampled_from((3, 1, 2)), batch_norm=st.booleans(), examples=20)
def test_makes_the_layers_in_order(impl, cfg, in_channels, batch_norm):
    """Each number makes a convolution, a norm where asked for, and a ReLU; each M a pooling."""
    with torch.no_grad():
        layers = impl.make_layers(cfg, in_channels, batch_norm)
        recording = torch.is_grad_enabled()
    return {
        "recording": recording,
        "is an nn.Sequential": isinstance(layers, nn.Sequential),
        "layers": described(layers),
    }


@forall(
    cfg=lists(),
    in_channels=st.sampled_from((3, 1, 2)),
    batch_norm=st.booleans(),
    side=sides,
    seed=st.integers(0, 9),
    examples=16,
)
def test_features_are_right(impl, cfg, in_channels, batch_norm, side, seed, device):
    """The layers keep height and width, each M halves both, and the values are right."""
    layers = random_state(impl.make_layers(cfg, in_channels, batch_norm=batch_norm), seed, device)
    layers.eval()
    x = images(seed, (2, in_channels, side, 5), device)
    result = layers(x)
    assert_same(result.detach(), featured(layers.state_dict(), cfg, x, batch_norm))
    return result


@forall(cfg=lists(), seed=st.integers(0, 9), examples=8)
def test_images_are_in_colour_by_default(impl, cfg, seed, device):
    """Without more being said there are three channels, and no batch norm."""
    layers = random_state(impl.make_layers(cfg=cfg), seed, device)
    return described(layers), layers(images(seed, (1, 3, 4, 4), device))


@forall(
    cfg=lists(least=1),
    num_classes=st.sampled_from((3, 1)),
    hidden=st.sampled_from((2, 4)),
    batch_norm=st.booleans(),
    strata={"more halvings than a picture allows": {"cfg": st.just([2, *"MMMMMM", 3])}},
    examples=8,
)
def test_vgg_has_features_and_classifier(impl, cfg, num_classes, hidden, batch_norm):
    """VGG has the layers of cfg in features, and three linear layers in classifier."""
    model = impl.VGG(cfg, num_classes, hidden=hidden, batch_norm=batch_norm)
    return {
        "nn.Sequential's": [
            isinstance(e, nn.Sequential) for e in (model.features, model.classifier)
        ],
        "state dict": sorted((n, tuple(v.shape)) for n, v in model.state_dict().items()),
        "features": described(model.features),
        "classifier": described(model.classifier),
    }


@forall(
    cfg=lists(least=1),
    batch_norm=st.booleans(),
    side=sides,
    batch=st.sampled_from((2, 1)),
    seed=st.integers(0, 9),
    examples=10,
)
def test_vgg_scores_images(impl, cfg, batch_norm, side, batch, seed, device):
    """In eval mode each image of any size gets the scores that these layers give."""
    model = random_state(impl.VGG(cfg, 3, 4, batch_norm), seed, device).eval()
    x = images(seed, (batch, 3, side, side + 1), device)
    result, copied = model(x), copy.deepcopy(model)(x)
    assert_same(result.detach(), scored(model.state_dict(), cfg, x, batch_norm))
    return result, copied, x._version


@forall(cfg=lists(least=1), seed=st.integers(0, 9), examples=5)
def test_vgg_trains(impl, cfg, seed, device):
    """All parameters get gradients, and features and classifier move."""
    model = random_state(impl.VGG(cfg, num_classes=2, hidden=2), seed, device).eval()
    model(images(seed, (2, 3, 8, 8), device)).square().sum().backward()
    return {name: param.grad for name, param in sorted(model.named_parameters())}


@forall(name=st.sampled_from(tuple(KNOWN)), batch_norm=st.booleans(), examples=8)
def test_vgg_has_as_many_parameters_as_published(impl, name, batch_norm):
    """On the meta device the published networks have the published number of parameters."""
    convolutions, published = KNOWN[name]
    cfg = cfg_of(convolutions)
    with torch.device("meta"):
        model = impl.VGG(cfg, batch_norm=batch_norm).eval()
        scores = model(torch.empty(2, 3, 224, 224))
    count = sum(param.numel() for param in model.parameters())
    norms = sum(2 * entry for entry in cfg if entry != "M") if batch_norm else 0
    assert_same(count, published + norms)
    return count, tuple(scores.shape), scores.device.type


def built(
    cfg,
    in_channels=3,
    batch_norm=False,
    *,
    follow=True,
    behind=lambda norm: [*norm, nn.ReLU()],
    pool=nn.MaxPool2d,
    **conv,
):
    """Right but for whether the channels follow, what stands behind a convolution, and the rest."""
    layers = []
    for entry in cfg:
        if entry == "M":
            layers.append(pool(2))
            continue
        layers.append(nn.Conv2d(in_channels, entry, 3, **{"padding": 1, **conv}))
        layers += behind([nn.BatchNorm2d(entry)] if batch_norm else [])
        in_channels = entry if follow else in_channels
    return nn.Sequential(*layers)


@misconception(
    of="make_layers",
    says="Each convolution takes as many channels as the one before has given. Yours all take "
    "those of the images.",
)
def never_updates_in_channels(cfg, in_channels=3, batch_norm=False):
    return built(cfg, in_channels, batch_norm, follow=False)


@misconception(
    of="make_layers",
    says="Without padding a kernel of 3 takes a pixel from each border. A convolution here keeps "
    "height and width.",
)
def forgets_the_padding(cfg, in_channels=3, batch_norm=False):
    return built(cfg, in_channels, batch_norm, padding=0)


@misconception(
    of="make_layers",
    says="A ReLU follows each convolution. Yours has none.",
)
def forgets_the_relu(cfg, in_channels=3, batch_norm=False):
    return built(cfg, in_channels, batch_norm, behind=lambda norm: norm)


@misconception(
    of="make_layers",
    says="The argument batch_norm is never used.",
)
def ignores_batch_norm(cfg, in_channels=3, batch_norm=False):
    return built(cfg, in_channels)


@misconception(
    of="make_layers",
    says="The argument in_channels is never used: images may have other channels than 3.",
)
def ignores_in_channels(cfg, in_channels=3, batch_norm=False):
    return built(cfg, 3, batch_norm)


@misconception(
    of="make_layers",
    says="The batch norm stands between the convolution and its ReLU; yours comes after the ReLU.",
)
def normalizes_after_the_relu(cfg, in_channels=3, batch_norm=False):
    return built(cfg, in_channels, batch_norm, behind=lambda norm: [nn.ReLU(), *norm])


@misconception(
    of="make_layers",
    says="A batch norm makes the bias before it useless, but these networks have it all the same.",
)
def leaves_the_bias_to_the_norm(cfg, in_channels=3, batch_norm=False):
    return built(cfg, in_channels, batch_norm, bias=not batch_norm)


@misconception(
    of="make_layers",
    says='"M" is for the maximum; yours takes the mean.',
)
def pools_the_mean(cfg, in_channels=3, batch_norm=False):
    return built(cfg, in_channels, batch_norm, pool=nn.AvgPool2d)


@misconception(
    of="make_layers",
    says="A Python list can't be called, and a module doesn't look into it.",
)
def returns_a_list(cfg, in_channels=3, batch_norm=False):
    return list(built(cfg, in_channels, batch_norm))


class _Answer(nn.Module):
    """What the misconceptions have in common: all of it right but for what each one changes."""

    def __init__(self, cfg, num_classes=1000, hidden=4096, batch_norm=False):
        super().__init__()
        self.features = built(cfg, 3, batch_norm)
        self.classifier = self.judges(self.channels(cfg), num_classes, hidden)

    def channels(self, cfg):
        return [entry for entry in cfg if entry != "M"][-1]

    def judges(self, channels, num_classes, hidden):
        return nn.Sequential(
            *(nn.Linear(channels * 49, hidden), nn.ReLU(), nn.Dropout()),
            *(nn.Linear(hidden, hidden), nn.ReLU(), nn.Dropout()),
            nn.Linear(hidden, num_classes),
        )

    def pooled(self, x):
        return F.adaptive_avg_pool2d(x, 7)

    def forward(self, x):
        return self.classifier(self.pooled(self.features(x)).flatten(1))


@misconception(
    of="VGG",
    says="Without the pooling to 7 × 7 the classifier fits images of one size only.",
)
class ForgetsThePooling(_Answer):
    def pooled(self, x):
        return x


@misconception(
    of="VGG",
    says="The pooling to 7 × 7 takes means; yours takes the largest.",
)
class PoolsTheMaximum(_Answer):
    def pooled(self, x):
        return F.adaptive_max_pool2d(x, 7)


@misconception(
    of="VGG",
    says="C is the last number of cfg, which is 512 in the published networks only.",
)
class Expects512Channels(_Answer):
    def channels(self, cfg):
        return 512


@misconception(
    of="VGG",
    says="C is the last number of cfg: what the features give, not the largest there is.",
)
class TakesTheLargestNumber(_Answer):
    def channels(self, cfg):
        return max(entry for entry in cfg if entry != "M")


@misconception(
    of="VGG",
    says="A dropout stands behind each hidden layer. Without it the layers have other numbers too, "
    "and no checkpoint fits.",
)
class LeavesOutTheDropout(_Answer):
    def judges(self, channels, num_classes, hidden):
        kept = super().judges(channels, num_classes, hidden)
        return nn.Sequential(*(each for each in kept if not isinstance(each, nn.Dropout)))


@misconception(
    of="VGG",
    says="The scores are what the last layer gives. A softmax belongs to the loss.",
)
class EndsWithSoftmax(_Answer):
    def forward(self, x):
        return super().forward(x).softmax(1)


@misconception(
    of="VGG",
    says="The argument num_classes is never used: there are always 1000 scores.",
)
class Scores1000(_Answer):
    def judges(self, channels, num_classes, hidden):
        return super().judges(channels, 1000, hidden)
