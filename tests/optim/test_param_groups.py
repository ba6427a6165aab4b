"""Properties and misconceptions of optim/param_groups."""

import torch
from torch import nn

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

PARTS = ("body", "head", "head2", "body.head", "head.inner", "ahead", "head2.head")
SHAPES = st.sampled_from(((2, 3), (3,), (), (1, 2, 2), (1, 1), (0, 2)))
RATES = st.permutations((0.5, 0.1, 0.125))


@st.composite
def models(draw, heads=("head", "body.head"), may_tie=True):
    """A head, and a model: its parts in order with their parameters' shapes, and what is tied.

    The first part's weight can be tied to the weight of the last one.
    """
    head = draw(st.sampled_from(heads))
    others = [part for part in PARTS if part != head]
    parts = [head, *draw(st.permutations(others))[: draw(st.integers(1, 3))]]
    names = ("weight", "bias", "scale")
    return {
        "head": head,
        "parts": {
            part: dict(zip(names, draw(st.lists(SHAPES, min_size=1, max_size=3)), strict=False))
            for part in draw(st.permutations(parts))
        },
        "tied": draw(st.booleans()) if may_tie else False,
        "frozen": draw(st.sampled_from((None, *parts))),
    }


def model_of(parts, tied, frozen, device):
    model = nn.Module()
    for path, shapes in parts.items():
        part = part_of(model, path)
        for name, shape in shapes.items():
            param = nn.Parameter(torch.ones(shape, device=device), requires_grad=path != frozen)
            part.register_parameter(name, param)
        part.register_buffer("mean", torch.ones(2, 2, device=device))
    first, *_, last = parts
    if tied:
        part_of(model, last).weight = part_of(model, first).weight
    return model


def part_of(model, path):
    for name in path.split("."):
        if name not in dict(model.named_children()):
            model.add_module(name, nn.Module())
        model = model.get_submodule(name)
    return model


def places(model, groups):
    """Each parameter's name with the (lr, weight_decay) of every place where it is found."""
    return {
        name: [
            (float(group["lr"]), float(group["weight_decay"]))
            for group in groups
            for each in list(group["params"])
            if each is param
        ]
        for name, param in model.named_parameters()
    }


def after_a_step(model, head, rates):
    """Where a step with gradients of 1 takes each parameter."""
    base_lr, head_lr, wd = rates
    moved = {}
    for name, param in model.named_parameters():
        theirs = any(param is each for each in model.get_submodule(head).parameters())
        slope = param.detach() * (wd if param.dim() > 1 else 0) + 1
        moved[name] = param.detach() - (head_lr if theirs else base_lr) * slope
    return moved


@forall(models())
def test_each_parameter_once(impl, head, parts, tied, frozen, device):
    """Each parameter is in one group, once, tied and frozen ones too, and nothing else is."""
    model = model_of(parts, tied, frozen, device)
    groups = impl.groups(model, head, 0.5, 0.25, 0.125)
    assert all(isinstance(group["params"], list | tuple) for group in groups), (
        'What stands under "params" is not a list.'
    )
    listed = [each for group in groups for each in list(group["params"])]
    known = set(map(id, model.parameters()))
    return {
        "times": {name: len(found) for name, found in places(model, groups).items()},
        "others": sum(id(each) not in known for each in listed),
        "requires_grad": {name: param.requires_grad for name, param in model.named_parameters()},
    }


@forall(models(may_tie=False), rates=RATES)
def test_the_head_has_its_rate(impl, head, parts, tied, frozen, rates, device):
    """Parameters within the head have head_lr, however deep they lie; all others have base_lr."""
    base_lr, head_lr, wd = rates
    model = model_of(parts, tied, frozen, device)
    groups = impl.groups(model=model, head=head, base_lr=base_lr, head_lr=head_lr, wd=wd)
    return {name: [lr for lr, _ in found] for name, found in places(model, groups).items()}


@forall(models(), rates=RATES)
def test_a_tied_parameter_is_the_heads(impl, head, parts, tied, frozen, rates, device):
    """A parameter that the head shares with another part has head_lr, whichever name is first."""
    base_lr, head_lr, wd = rates
    model = model_of(parts, tied, frozen, device)
    groups = impl.groups(model, head, base_lr, head_lr, wd)
    return {name: [lr for lr, _ in found] for name, found in places(model, groups).items()}


@forall(models(), rates=RATES)
def test_few_dimensions_do_not_decay(impl, head, parts, tied, frozen, rates, device):
    """weight_decay is wd for two dimensions and more, and else 0, whatever the name."""
    model = model_of(parts, tied, frozen, device)
    groups = impl.groups(model, head, *rates)
    return {name: [decay for _, decay in found] for name, found in places(model, groups).items()}


@forall(models(), rates=RATES, examples=10)
def test_an_optimizer_takes_them(impl, head, parts, tied, frozen, rates, device):
    """An optimizer of torch takes the groups, and each parameter moves at its own rate."""
    model = model_of(parts, tied, frozen, device)
    optimizer = torch.optim.SGD(impl.groups(model, head, *rates), lr=1.0)
    for param in model.parameters():
        param.grad = torch.ones_like(param)
    optimizer.step()
    moved = {name: param.detach() for name, param in model.named_parameters()}
    assert_same(moved, after_a_step(model_of(parts, tied, frozen, device), head, rates))
    return moved


@forall(
    models(), unknown=st.sampled_from(("tail", "hea", "head3", "body.neck")), raises=AttributeError
)
def test_refuses_an_unknown_head(impl, head, parts, tied, frozen, unknown, device):
    """A head that the model does not have is refused with an AttributeError."""
    return impl.groups(model_of(parts, tied, frozen, device), unknown, 0.5, 0.25, 0.125)


def sort(pairs, base_lr, head_lr, wd, decays=lambda name, param: param.dim() > 1):
    """Groups of (name, parameter, whether it is the head's): right but for what it is given."""
    return [
        {
            "params": [p for name, p, own in pairs if own is which and decays(name, p) is decay],
            "lr": head_lr if which else base_lr,
            "weight_decay": wd if decay else 0.0,
        }
        for which in (False, True)
        for decay in (False, True)
    ]


def owned(model, head, named=None):
    """The triples that `sort` takes, right but for the names and parameters given."""
    own = set(model.get_submodule(head).parameters())
    return [(name, p, p in own) for name, p in named or model.named_parameters()]


@misconception(
    of="groups",
    says="The name of head2's weight begins with head too. A module's name ends with a dot, or "
    "better: ask the module for its parameters.",
)
def goes_by_the_prefix(model, head, base_lr, head_lr, wd):
    model.get_submodule(head)
    pairs = [(name, p, name.startswith(head)) for name, p in model.named_parameters()]
    return sort(pairs, base_lr, head_lr, wd)


@misconception(
    of="groups",
    says="A tied parameter has two names, and named_parameters gives the first. That one may lie "
    "outside the head.",
)
def goes_by_the_first_name(model, head, base_lr, head_lr, wd):
    model.get_submodule(head)
    pairs = [(name, p, name.startswith(head + ".")) for name, p in model.named_parameters()]
    return sort(pairs, base_lr, head_lr, wd)


@misconception(
    of="groups",
    says="head names one place in the model. Your head is whatever has that word in its name: "
    "body.head and ahead too.",
)
def looks_for_the_word(model, head, base_lr, head_lr, wd):
    model.get_submodule(head)
    pairs = [(name, p, head in name) for name, p in model.named_parameters()]
    return sort(pairs, base_lr, head_lr, wd)


@misconception(
    of="groups",
    says="A tied parameter is in your groups once for each of its names. The optimizer would move "
    "it twice, or refuse it.",
)
def lists_tied_ones_twice(model, head, base_lr, head_lr, wd):
    named = list(model.named_parameters(remove_duplicate=False))
    return sort(owned(model, head, named), base_lr, head_lr, wd)


@misconception(
    of="groups",
    says="The head's parameters are among the model's, too. Leave them out where they have no "
    "business, or they are in two groups.",
)
def has_the_head_in_both(model, head, base_lr, head_lr, wd):
    whole = [(name, p, False) for name, p in model.named_parameters()]
    of_head = [(name, p, True) for name, p in model.get_submodule(head).named_parameters()]
    return sort(whole + of_head, base_lr, head_lr, wd)


@misconception(
    of="groups",
    says="A name tells nothing about dimensions: the scale of a norm is called weight and has one. "
    "Look at the parameter.",
)
def spares_what_is_called_bias(model, head, base_lr, head_lr, wd):
    pairs = owned(model, head)
    return sort(pairs, base_lr, head_lr, wd, lambda name, param: "bias" not in name)


@misconception(
    of="groups",
    says="Everything decays here. A parameter with fewer than two dimensions is to have "
    "weight_decay 0.",
)
def lets_all_decay(model, head, base_lr, head_lr, wd):
    return sort(owned(model, head), base_lr, head_lr, wd, lambda name, param: True)


@misconception(
    of="groups",
    says="head_lr is the head's, and base_lr that of all the rest; yours are swapped.",
)
def swaps_the_rates(model, head, base_lr, head_lr, wd):
    return sort(owned(model, head), head_lr, base_lr, wd)


@misconception(
    of="groups",
    says="state_dict holds detached tensors, and buffers among them. An optimizer needs the "
    "parameters themselves: backward gives a gradient to them alone.",
)
def takes_the_state(model, head, base_lr, head_lr, wd):
    own = model.get_submodule(head).state_dict(prefix=head + ".")
    pairs = [(name, p, name in own) for name, p in model.state_dict().items()]
    return sort(pairs, base_lr, head_lr, wd)


@misconception(
    of="groups",
    says="Parameters that don't require grad are missing. Who thaws them later would find that the "
    "optimizer does not know them; until then it skips them by itself.",
)
def leaves_frozen_ones_out(model, head, base_lr, head_lr, wd):
    pairs = [each for each in owned(model, head) if each[1].requires_grad]
    return sort(pairs, base_lr, head_lr, wd)


@misconception(
    of="groups",
    says="`in` asks a list by ==, which compares tensors value by value. Parameters must be told "
    "apart by identity.",
)
def compares_by_value(model, head, base_lr, head_lr, wd):
    own = list(model.get_submodule(head).parameters())
    pairs = [(name, p, p in own) for name, p in model.named_parameters()]
    return sort(pairs, base_lr, head_lr, wd)


@misconception(
    of="groups",
    says="A name with a dot leads through several modules. getattr takes one step only.",
)
def takes_one_step(model, head, base_lr, head_lr, wd):
    own = set(getattr(model, head).parameters())
    pairs = [(name, p, p in own) for name, p in model.named_parameters()]
    return sort(pairs, base_lr, head_lr, wd)


@misconception(
    of="groups",
    says="A head that the model does not have, perhaps a typing error, passes unnoticed: all "
    "would be trained at base_lr.",
)
def accepts_an_unknown_head(model, head, base_lr, head_lr, wd):
    named = model.named_parameters(remove_duplicate=False)
    own = {p for name, p in named if name.startswith(head + ".")}
    pairs = [(name, p, p in own) for name, p in model.named_parameters()]
    return sort(pairs, base_lr, head_lr, wd)
