"""Properties and misconceptions of modules/param_table."""

import math

import torch
from torch import nn

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

PARTS = ("body", "head", "body.head", "head.inner", "a")
SHAPES = st.sampled_from(((2, 3), (), (3,), (0, 2), (1, 2, 2), (1,)))
NAMES = ("weight", "bias", "scale")


@st.composite
def models(draw, least=0):
    """A model's parts with the shapes of their parameters, what is frozen, and what is repeated.

    `tied`: the last part has the first one's weight too. `again`: the first part stands in the
    model a second time. `frozen`: for each part, which of its parameters don't require grad.
    """
    parts = draw(st.permutations(PARTS))[: draw(st.integers(least, 4))]
    shapes = {part: draw(st.lists(SHAPES, min_size=1, max_size=3)) for part in parts}
    return {
        "parts": {part: dict(zip(NAMES, each, strict=False)) for part, each in shapes.items()},
        "frozen": {part: draw(st.sampled_from(("", "weight", "bias", "all"))) for part in parts},
        "tied": draw(st.booleans()),
        "again": draw(st.booleans()),
    }


def model_of(parts, frozen, tied, again, device):
    model = nn.Module()
    model.plain = torch.ones(7, device=device)
    for path, shapes in parts.items():
        part = part_of(model, path)
        for name, shape in shapes.items():
            param = nn.Parameter(torch.ones(shape, device=device))
            part.register_parameter(name, param.requires_grad_(frozen[path] not in (name, "all")))
        part.register_buffer("mean", torch.ones(5, device=device))
        part.register_parameter("absent", None)
        part.train(not frozen[path])
    if parts and tied:
        first, *_, last = (part_of(model, path) for path in (*parts, list(parts)[-1]))
        last.weight = first.weight
    if parts and again:
        model.again = part_of(model, next(iter(parts)))
    return model


def part_of(model, path):
    for name in path.split("."):
        if name not in dict(model.named_children()):
            model.add_module(name, nn.Module())
        model = model.get_submodule(name)
    return model


def listed(model):
    """Names and sizes by a walk of its own, each parameter at its first place."""
    found, met = {}, set()
    for prefix, module in model.named_modules():
        for name, param in module._parameters.items():
            if param is not None and param not in met:
                met.add(param)
                found[f"{prefix}.{name}" if prefix else name] = math.prod(param.shape)
    return found


def flags(model):
    modes = [module.training for module in model.modules()]
    return [param.requires_grad for param in model.parameters()], modes


@forall(models())
def test_lists_each_parameter_once(impl, parts, frozen, tied, again, device):
    """The table has each parameter under its first name, in order, and nothing else."""
    model = model_of(parts, frozen, tied, again, device)
    sizes = impl.table(model)
    assert_same(sizes, listed(model))
    return list(sizes.items()), flags(model)


@forall(models())
def test_counts_all_parameters(impl, parts, frozen, tied, again, device):
    """count sums up each parameter once, frozen ones too, and no buffer."""
    model = model_of(parts, frozen, tied, again, device)
    number = impl.count(model)
    assert_same(number, sum(listed(model).values()))
    return number, impl.count(m=model, trainable=False), flags(model)


@forall(models(least=1))
def test_counts_what_is_trained(impl, parts, frozen, tied, again, device):
    """With trainable=True, count leaves out what does not require grad."""
    model = model_of(parts, frozen, tied, again, device)
    return impl.count(model, trainable=True), flags(model)


REAL = {
    "tied embedding": lambda: tied_embedding(),
    "norm": lambda: nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2)),
    "shared layer": lambda: nn.Sequential(*[nn.Linear(3, 3)] * 3),
    "transformer": lambda: nn.TransformerEncoderLayer(8, 2, 16),
    "lone layer": lambda: nn.Linear(2, 3),
    "nothing": nn.ReLU,
    "large": lambda: nn.Linear(100_000, 100_000, device="meta"),
    "large, no bias": lambda: nn.Linear(3_000_000_001, 3, bias=False, device="meta"),
}


def tied_embedding():
    model = nn.Sequential(nn.Embedding(9, 4), nn.BatchNorm1d(4), nn.Linear(4, 9))
    model[2].weight = model[0].weight
    return model


@forall(name=st.sampled_from(tuple(REAL)), part=st.sampled_from(("", "weight", "bias")))
def test_knows_torchs_own_modules(impl, name, part):
    """Modules of torch are counted too: tied, repeated, and of any size on the meta device."""
    model = REAL[name]()
    for each, param in model.named_parameters():
        param.requires_grad_(not part or part not in each)
    answer = impl.table(m=model), impl.count(model), impl.count(model, True)
    assert_same(answer[:2], (listed(model), sum(listed(model).values())))
    return answer


@misconception(
    of="table",
    says="The state dict has the buffers too, and a tied parameter under each of its names.",
)
def lists_the_state(m):
    return {name: value.numel() for name, value in m.state_dict().items()}


@misconception(
    of="table",
    says="A parameter with several names is in your table under each of them. It exists once.",
)
def lists_tied_ones_twice(m):
    named = m.named_parameters(remove_duplicate=False)
    return {name: param.numel() for name, param in named}


@misconception(
    of="table",
    says="Your table has what is trained at present. A frozen parameter is a parameter too.",
)
def leaves_frozen_ones_out(m):
    return {name: param.numel() for name, param in m.named_parameters() if param.requires_grad}


@misconception(
    of="table",
    says="A parameter's own name is not enough: two modules may both have a weight. The name "
    "starts with the path to its module.",
)
def cuts_the_path_off(m):
    return {name.rpartition(".")[2]: param.numel() for name, param in m.named_parameters()}


@misconception(
    of="table",
    says="The length of a tensor is its first side. The number of its elements is wanted.",
)
def takes_the_first_side(m):
    return {n: len(p) if p.dim() else 1 for n, p in m.named_parameters()}


@misconception(
    of="table",
    says="The shape of a parameter is not its size: the number of elements is wanted.",
)
def gives_shapes(m):
    return {name: tuple(param.shape) for name, param in m.named_parameters()}


@misconception(
    of="table",
    says="Yours looks into the modules right below the model, and no deeper.",
)
def looks_one_level_deep(m):
    own = dict(m.named_parameters(recurse=False))
    for name, child in m.named_children():
        own |= child.named_parameters(prefix=name, recurse=False)
    return {name: param.numel() for name, param in own.items()}


@misconception(
    of="count",
    says="The buffers are counted too, and a tied parameter as often as it has a name: that is "
    "what a state dict holds.",
)
def counts_the_state(m, trainable=False):
    if trainable:
        return sum(p.numel() for p in m.parameters() if p.requires_grad)
    return sum(value.numel() for value in m.state_dict().values())


@misconception(
    of="count",
    says="The argument trainable is never used: all parameters are counted.",
)
def counts_frozen_ones_too(m, trainable=False):
    return sum(p.numel() for p in m.parameters())


@misconception(
    of="count",
    says="trainable=True asks for what requires grad, and its default, False, for all parameters. "
    "Yours never counts frozen ones.",
)
def never_counts_frozen_ones(m, trainable=False):
    return sum(p.numel() for p in m.parameters() if p.requires_grad)


@misconception(
    of="count",
    says="trainable=False asks for all parameters, not for the frozen ones alone.",
)
def counts_frozen_ones_alone(m, trainable=False):
    return sum(p.numel() for p in m.parameters() if p.requires_grad is trainable)


@misconception(
    of="count",
    says="Yours asks each module for its parameters, and those of a module are also its parents': "
    "most are counted several times.",
)
def counts_module_by_module(m, trainable=False):
    return sum(
        p.numel()
        for module in m.modules()
        for p in module.parameters()
        if p.requires_grad or not trainable
    )


@misconception(
    of="count",
    says="A tied parameter is one parameter, whatever modules hold it: asked module by module it "
    "is met again.",
)
def counts_tied_ones_twice(m, trainable=False):
    named = m.named_parameters(remove_duplicate=False)
    return sum(p.numel() for _, p in named if p.requires_grad or not trainable)


@misconception(
    of="count",
    says="len(list(m.parameters())) is the number of tensors. How many numbers do they hold?",
)
def counts_tensors(m, trainable=False):
    return sum(p.requires_grad or not trainable for p in m.parameters())
