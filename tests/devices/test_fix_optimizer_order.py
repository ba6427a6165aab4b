"""Properties and misconceptions of devices/fix_optimizer_order."""

import copy
from contextlib import contextmanager

import torch
from torch import nn

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

OPTIMIZERS = {
    "SGD": lambda params: torch.optim.SGD(params, lr=0.1),
    "SGD with momentum": lambda params: torch.optim.SGD(params, lr=0.1, momentum=0.5),
    "Adam": lambda params: torch.optim.Adam(params, lr=0.1),
    "AdamW with amsgrad": lambda params: torch.optim.AdamW(params, lr=0.1, amsgrad=True),
    "RMSprop": lambda params: torch.optim.RMSprop(params, lr=0.1, centered=True),
    "Adagrad": lambda params: torch.optim.Adagrad(params, lr=0.1),
}
WAYS = st.sampled_from(("there", "back"))


@st.composite
def models(draw):
    """What a model is made of, and a batch for each of three steps.

    In float64: Adam makes much of small differences, and devices round otherwise than each other.
    """
    one = st.tensors((2, 3), torch.float64, layouts=["contiguous"])
    return {
        "weight": draw(one),
        "bias": draw(st.tensors((2,), torch.float64, layouts=["contiguous"])),
        "xs": [draw(one) for _ in range(3)],
    }


class Scaled(nn.Linear):
    """A linear layer times a number that is trained, a 0-dim parameter."""

    def __init__(self):
        super().__init__(2, 2, bias=False)
        self.scale = nn.Parameter(torch.ones(()))

    def forward(self, x):
        return super().forward(x) * self.scale


def made(weight, bias):
    """A model of two layers that holds the values, on their device."""
    model = nn.Sequential(nn.Linear(3, 2), nn.Tanh(), Scaled())
    model.to(weight.device, weight.dtype)
    last = {"2.weight": weight[:, :2].clone(), "2.scale": bias[0].clone()}
    model.load_state_dict({"0.weight": weight, "0.bias": bias, **last})
    return model


def train(model, optimizer, xs):
    """A step for each batch, wherever the model is."""
    for x in xs:
        optimizer.zero_grad()
        where = next(model.parameters()).device
        (model(x.to(where)) - 1).square().sum().backward()
        optimizer.step()


def values(model):
    return {name: value.detach().clone() for name, value in model.state_dict().items()}


def never_moved(weight, bias, xs, make):
    """The values after all steps of a model that stays on the CPU."""
    model = made(weight.cpu(), bias.cpu())
    train(model, make(model.parameters()), xs)
    return {name: value.to(weight.device) for name, value in values(model).items()}


def places(optimizer):
    """Where the state of each parameter lies, without the counts of steps."""
    return [
        {name: str(value.device) for name, value in sorted(state.items()) if moves(name, value)}
        for state in optimizer.state.values()
    ]


def moves(name, value):
    return isinstance(value, torch.Tensor) and name != "step"


@forall(models(), lr=st.sampled_from((0.5, 0.01)), frozen=st.booleans(), examples=6)
def test_build_moves_the_model(impl, weight, bias, xs, lr, frozen, device):
    """build moves the model itself; the optimizer holds its parameters, its state is with them."""
    model = made(weight.cpu(), bias.cpu())
    model[0].requires_grad_(not frozen)
    before = list(model.parameters())
    optimizer = impl.build(model, device, lr)
    (group,) = optimizer.param_groups
    return {
        "class": type(optimizer).__name__,
        "settings": {key: value for key, value in sorted(group.items()) if key != "params"},
        "the parameters are": [str(each.device) for each in model.parameters()],
        "they are the same objects": same(before, model.parameters()),
        "the optimizer holds": len(group["params"]),
        "it holds them": [any(each is param for param in before) for each in group["params"]],
        "the state is": places(optimizer),
    }


@forall(models(), lr=st.sampled_from((0.5, 0.01)), examples=3)
def test_build_makes_state_in_its_place(impl, weight, bias, xs, lr):
    """Whatever the device, the state is made where the parameters have gone: on "meta" too."""
    model = made(weight, bias)
    with keeping_parameters(), torch.no_grad():
        optimizer = impl.build(model, "meta", lr)
        recording = torch.is_grad_enabled()
    return [str(each.device) for each in model.parameters()], places(optimizer), recording


@contextmanager
def keeping_parameters():
    """Modules keep their Parameter objects in every move, also in one to the meta device."""
    before = torch.__future__.get_swap_module_params_on_conversion()
    torch.__future__.set_swap_module_params_on_conversion(True)
    try:
        yield
    finally:
        torch.__future__.set_swap_module_params_on_conversion(before)


def same(ones, others):
    return [one is other for one, other in zip(ones, others, strict=True)]


@forall(models(), lr=st.sampled_from((0.5, 0.01)), named=st.booleans(), examples=6)
def test_build_makes_a_model_that_trains(impl, weight, bias, xs, lr, named, device):
    """What build returns trains the model on its device."""
    model = made(weight.cpu(), bias.cpu())
    optimizer = impl.build(model=model, device=str(device) if named else device, lr=lr)
    train(model, optimizer, xs)
    assert_same(
        values(model),
        never_moved(weight, bias, xs, lambda params: torch.optim.Adagrad(params, lr=lr)),
    )
    return values(model)


@forall(
    models(),
    kind=st.sampled_from(tuple(OPTIMIZERS)),
    way=WAYS,
    named=st.booleans(),
    steps=st.sampled_from((2, 0)),
    examples=16,
    strata={
        **{
            f"a move with {kind}": {"kind": st.just(kind), "steps": st.just(2)}
            for kind in OPTIMIZERS
        },
        "a move before the first step": {"kind": st.just("SGD with momentum"), "steps": st.just(0)},
    },
)
def test_training_goes_on(impl, weight, bias, xs, kind, way, named, steps, device):
    """After a move, before training or in the middle, the steps go on as if there had been none."""
    start, end = (torch.device("cpu"), device) if way == "there" else (device, torch.device("cpu"))
    model = made(weight.to(start), bias.to(start))
    optimizer = OPTIMIZERS[kind](model.parameters())
    train(model, optimizer, xs[:steps])
    model.to(end)
    impl.optimizer_to(optimizer, str(end) if named else end)
    train(model, optimizer, xs[steps:])
    after = {name: value.to(device) for name, value in values(model).items()}
    assert_same(after, never_moved(weight, bias, xs, OPTIMIZERS[kind]))
    return after


@forall(models(), kind=st.sampled_from(tuple(OPTIMIZERS)), steps=st.integers(0, 2), examples=8)
def test_only_the_place_changes(impl, weight, bias, xs, kind, steps, device):
    """Parameters, settings, values and dtypes of the state stay; only where they are changes."""
    model = made(weight.cpu(), bias.cpu())
    optimizer = OPTIMIZERS[kind](
        [{"params": model[0].parameters()}, {"params": model[2].parameters(), "lr": 0.25}]
    )
    train(model, optimizer, xs[:steps])
    for state in optimizer.state.values():
        state.update(number=3, nothing=None)
    before = copy.deepcopy(optimizer.state_dict())
    model.to(device)
    returned = impl.optimizer_to(optimizer=optimizer, device=device)
    held = [each for group in optimizer.param_groups for each in group["params"]]
    after = optimizer.state_dict()
    return {
        "returned": returned,
        "holds the model's parameters": same(held, model.parameters()),
        "keeps state of them": all(
            any(key is param for param in model.parameters()) for key in optimizer.state
        ),
        "settings": after["param_groups"] == before["param_groups"],
        "state": [on_the_cpu(state) for state in after["state"].values()],
        "places": places(optimizer),
        "as before": [on_the_cpu(state) for state in before["state"].values()],
    }


def on_the_cpu(state):
    """A parameter's state on the CPU, a tensor of it on whatever device it is."""
    return {
        name: value.cpu() if isinstance(value, torch.Tensor) else value
        for name, value in sorted(state.items())
    }


def moved(optimizer, change):
    """Each tensor of the state with its change in its place."""
    for state in optimizer.state.values():
        for name, value in state.items():
            if moves(name, value):
                state[name] = change(name, value)


@misconception(
    of="build",
    says="Adagrad makes its sums when it is built, where the parameters are at that moment. The "
    "model moves on; the sums don't.",
    stub=True,
)
def builds_before_the_move(model, device, lr):
    optimizer = torch.optim.Adagrad(model.parameters(), lr=lr)
    model.to(device)
    return optimizer


@misconception(
    of="build",
    says="The model is to be moved, and itself. Yours stays where it is.",
)
def moves_nothing(model, device, lr):
    return torch.optim.Adagrad(model.parameters(), lr=lr)


@misconception(
    of="build",
    says="A copy has parameters of its own. The optimizer would train that, and not the model that "
    "was handed in.",
)
def moves_a_copy(model, device, lr):
    model.to(device)
    return torch.optim.Adagrad(copy.deepcopy(model).parameters(), lr=lr)


@misconception(
    of="build",
    says="The argument lr is never used.",
)
def takes_the_default_rate(model, device, lr):
    return torch.optim.Adagrad(model.to(device).parameters())


@misconception(
    of="build",
    says="All parameters of the model are to be trained, the biases too.",
)
def forgets_the_biases(model, device, lr):
    model.to(device)
    return torch.optim.Adagrad([each for each in model.parameters() if each.dim() > 1], lr=lr)


@misconception(
    of="optimizer_to",
    says="The state still lies where it was. to returns the moved tensor: put it into the state.",
    stub=True,
)
def drops_what_it_moves(optimizer, device):
    for state in optimizer.state.values():
        for value in state.values():
            if isinstance(value, torch.Tensor):
                value.to(device)


@misconception(
    of="optimizer_to",
    says="Without its state an optimizer begins anew: averages and momentum are gone.",
)
def clears_the_state(optimizer, device):
    optimizer.state.clear()


@misconception(
    of="optimizer_to",
    says="State of the right shape is not enough: its values are what the gradients have left.",
)
def fills_the_state_with_zeros(optimizer, device):
    moved(optimizer, lambda name, value: torch.zeros_like(value, device=device))


@misconception(
    of="optimizer_to",
    says="momentum_buffer is what SGD keeps. Other optimizers keep other things, by other names.",
)
def knows_momentum_alone(optimizer, device):
    moved(
        optimizer,
        lambda name, value: value.to(device) if name == "momentum_buffer" else value,
    )


@misconception(
    of="optimizer_to",
    says="What is kept for a 0-dim parameter is 0-dim as well, and belongs where the parameter is. "
    "Only the count of steps may stay.",
)
def leaves_numbers_behind(optimizer, device):
    moved(optimizer, lambda name, value: value.to(device) if value.dim() else value)


@misconception(
    of="optimizer_to",
    says="The parameters have moved already, and the optimizer holds the same objects. Copies of "
    "them are not the model's.",
)
def replaces_the_parameters(optimizer, device):
    moved(optimizer, lambda name, value: value.to(device))
    for group in optimizer.param_groups:
        for place, param in enumerate(group["params"]):
            copied = param.detach().clone().requires_grad_()
            optimizer.state[copied] = optimizer.state.pop(param, {})
            group["params"][place] = copied


@misconception(
    of="optimizer_to",
    says="The state of float64 parameters is float64. Move it, and don't cast it.",
)
def casts_the_state(optimizer, device):
    moved(optimizer, lambda name, value: value.to(device, torch.float32))
