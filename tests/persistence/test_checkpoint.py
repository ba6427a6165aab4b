"""Properties and misconceptions of persistence/checkpoint."""

import pickle
import tempfile
from pathlib import Path
from unittest import mock

import torch
from torch import nn

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

OPTIMIZERS = {
    "momentum": lambda groups: torch.optim.SGD(groups, lr=0.125, momentum=0.5),
    "adam": lambda groups: torch.optim.Adam(groups, lr=0.125),
    "adamw": lambda groups: torch.optim.AdamW(groups, lr=0.125, weight_decay=0.25, amsgrad=True),
}
ELSEWHERE = "cuda:99"


@st.composite
def runs(draw, before=(1, 2, 0), after=(1, 2)):
    """What a model begins with, its optimizer, and batches for it: before and after the break."""
    outputs = draw(st.integers(1, 3))

    def one(*shape):
        return draw(st.tensors(shape, torch.float64, layouts=["contiguous"])) / 4 + 0.3

    def batches(counts):
        return [one(3, 2) for _ in range(draw(st.sampled_from(counts)))]

    return {
        "start": {"weight": one(outputs, 2), "bias": one(outputs)},
        "optimizer": draw(st.sampled_from(tuple(OPTIMIZERS))),
        "before": batches(before),
        "after": batches(after),
        "epoch": draw(st.integers(0, 9)),
    }


def made(start, optimizer):
    """A model that begins with these values, and its optimizer with two groups."""
    outputs, inputs = start["weight"].shape
    model = nn.Sequential(nn.Linear(inputs, outputs), nn.BatchNorm1d(outputs))
    model.to(start["weight"].device, torch.float64)
    with torch.no_grad():
        model[0].weight.copy_(start["weight"])
        model[0].bias.copy_(start["bias"])
        model[1].weight.copy_(start["bias"])
    groups = [{"params": list(layer.parameters())} for layer in model]
    return model, OPTIMIZERS[optimizer](groups)


def fresh(start, optimizer):
    """A model of the same make with other values, and its optimizer, with another rate."""
    other = {name: value + 1 for name, value in start.items()}
    model, own = made(other, optimizer)
    own.param_groups[1]["lr"] = 0.75
    return model, own


def train(model, optimizer, batches):
    """Train a step on each batch, with a learning rate that falls. Returns the losses."""
    losses = []
    for x in batches:
        optimizer.zero_grad()
        loss = (model(x) ** 3).mean() + model[0](x).square().mean()
        loss.backward()
        optimizer.step()
        optimizer.param_groups[0]["lr"] *= 0.5
        losses.append(loss.item())
    return losses


def held(value):
    """A state as plain data: each tensor's values as they are now, on the CPU."""
    match value:
        case torch.Tensor():
            return value.detach().cpu().clone()
        case dict():
            return {key: held(each) for key, each in value.items()}
        case list() | tuple():
            return type(value)(held(each) for each in value)
    return value


def read(path):
    """What is in a file, as plain data."""
    try:
        return held(torch.load(path, map_location="cpu"))
    except pickle.UnpicklingError:
        return "torch.load refuses the file: there are pickled objects in it"


def all_held(model, optimizer):
    return held({"model": model.state_dict(), "optimizer": optimizer.state_dict()})


def trained(start, optimizer, batches):
    """All that a model and its optimizer hold after these batches."""
    model, own = made(start, optimizer)
    train(model, own, batches)
    return all_held(model, own)


def write(path, start, optimizer, batches, epoch, elsewhere=False):
    """Write a checkpoint as the statement says, on a machine with another device if asked."""
    model, own = made(start, optimizer)
    train(model, own, batches)
    state = {"model": model.state_dict(), "optimizer": own.state_dict(), "epoch": epoch}
    tag = torch.serialization.location_tag
    with mock.patch(
        "torch.serialization.location_tag", lambda s: ELSEWHERE if elsewhere else tag(s)
    ):
        torch.save(state, path)


@forall(runs(), as_text=st.booleans(), examples=6)
def test_save_writes_plain_data(impl, start, optimizer, before, after, epoch, as_text):
    """torch.load reads the file: the state dicts of model and optimizer, and the epoch."""
    model, own = made(start, optimizer)
    train(model, own, before)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "run.pt")
        impl.save(str(path) if as_text else path, model, own, epoch)
        found = read(path)
    assert_same(found, {**trained(start, optimizer, before), "epoch": epoch})
    return found


@forall(runs(), later=st.integers(1, 3), examples=3)
def test_save_overwrites(impl, start, optimizer, before, after, epoch, later):
    """Saving leaves model and optimizer as they are, and overwrites what was there."""
    model, own = made(start, optimizer)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "run.pt")
        impl.save(path=path, model=model, optimizer=own, epoch=epoch)
        devices = [value.device for value in model.parameters()]
        losses = train(model, own, after)
        impl.save(path, model, own, epoch + later)
        found = read(path)
    assert_same(found, {**trained(start, optimizer, after), "epoch": epoch + later})
    return found, losses, devices, model.training


@forall(
    runs(before=(1, 2)),
    elsewhere=st.booleans(),
    as_text=st.booleans(),
    strata={"from elsewhere": {"elsewhere": st.just(True)}},
    examples=6,
)
def test_load_reads_a_checkpoint(
    impl, start, optimizer, before, after, epoch, elsewhere, as_text, device
):
    """load gives model and optimizer all that the file holds, from whatever device it is."""
    model, own = fresh(start, optimizer)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "run.pt")
        write(path, start, optimizer, before, epoch, elsewhere)
        place = str(device) if as_text else device
        found = impl.load(str(path) if as_text else path, model, own, place)
    state = all_held(model, own)
    assert_same((found, state), (epoch, trained(start, optimizer, before)))
    return found, state


@forall(runs(before=(1,)), training=st.booleans(), examples=4)
def test_load_writes_into_what_it_is_given(
    impl, start, optimizer, before, after, epoch, training, device
):
    """Parameters and buffers stay the same objects on their device, and the mode stays."""
    model, own = fresh(start, optimizer)
    model.train(training)
    kept = [*model.parameters(), *model.buffers()]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "run.pt")
        write(path, start, optimizer, before, epoch)
        with torch.no_grad():
            impl.load(path=path, model=model, optimizer=own, device=device)
            recording = torch.is_grad_enabled()
    now = [*model.parameters(), *model.buffers()]
    optimized = [param for group in own.param_groups for param in group["params"]]
    return {
        "recording": recording,
        "same objects": [one is other for one, other in zip(kept, now, strict=True)],
        "optimized": [one is other for one, other in zip(optimized, kept, strict=False)],
        "devices": [value.device for value in now],
        "trained": [param.requires_grad for param in model.parameters()],
        "training": [module.training for module in model.modules()],
    }


@forall(runs(), examples=6)
def test_a_run_goes_on(impl, start, optimizer, before, after, epoch, device):
    """k steps, a checkpoint and m steps come to the same as k + m steps."""
    model, own = made(start, optimizer)
    train(model, own, before)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "run.pt")
        impl.save(path, model, own, epoch)
        model, own = fresh(start, optimizer)
        found = impl.load(path, model, own, device)
    losses = train(model, own, after)
    state = all_held(model, own)
    assert_same((found, state), (epoch, trained(start, optimizer, [*before, *after])))
    return found, losses, state


@misconception(
    of="save",
    says="The file holds pickled objects, not plain data. torch.load refuses to run what it would "
    "take to make them again.",
)
def pickles_the_objects(path, model, optimizer, epoch):
    torch.save({"model": model, "optimizer": optimizer, "epoch": epoch}, path)


@misconception(
    of="save",
    says="The optimizer's state is left out: momentum, averages and step count begin anew.",
)
def leaves_the_optimizer_out(path, model, optimizer, epoch):
    torch.save({"model": model.state_dict(), "epoch": epoch}, path)


@misconception(
    of="save",
    says="A model is more than its parameters: the running statistics of batch norm are buffers, "
    "and state_dict has them.",
)
def saves_parameters_alone(path, model, optimizer, epoch):
    state = {"optimizer": optimizer.state_dict(), "epoch": epoch}
    torch.save({"model": dict(model.named_parameters()), **state}, path)


@misconception(
    of="save",
    says="optimizer.state is keyed by parameters and has no learning rates. state_dict numbers the "
    "parameters, and has the groups too.",
)
def saves_the_bare_state(path, model, optimizer, epoch):
    state = {"model": model.state_dict(), "epoch": epoch}
    torch.save({**state, "optimizer": {"state": optimizer.state_dict()["state"]}}, path)


@misconception(
    of="save",
    says="model.cpu() moves the model itself, and training goes on from there. Saving must leave "
    "it where it is.",
)
def moves_the_model(path, model, optimizer, epoch):
    model.cpu()
    optimizer.load_state_dict(optimizer.state_dict())
    state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}
    torch.save(state, path)


@misconception(
    of="load",
    says="The optimizer is not loaded: it begins with the state and the learning rate that it was "
    "made with.",
)
def forgets_the_optimizer(path, model, optimizer, device):
    state = torch.load(path, map_location=device)
    model.load_state_dict(state["model"])
    return state["epoch"]


@misconception(
    of="load",
    says="Only parameters are loaded. The running statistics of batch norm are buffers: they keep "
    "what the model was made with.",
)
def loads_parameters_alone(path, model, optimizer, device):
    state = torch.load(path, map_location=device)
    with torch.no_grad():
        for name, param in model.named_parameters():
            param.copy_(state["model"][name])
    optimizer.load_state_dict(state["optimizer"])
    return state["epoch"]


@misconception(
    of="load",
    says="The model is not loaded: the optimizer goes on, from other parameters.",
)
def forgets_the_model(path, model, optimizer, device):
    state = torch.load(path, map_location=device)
    optimizer.load_state_dict(state["optimizer"])
    return state["epoch"]


@misconception(
    of="load",
    says="assign=True puts new tensors into the model, and the optimizer goes on training the old "
    "ones.",
)
def assigns(path, model, optimizer, device):
    state = torch.load(path, map_location=device)
    model.load_state_dict(state["model"], assign=True)
    optimizer.load_state_dict(state["optimizer"])
    return state["epoch"]


@misconception(
    of="load",
    says="torch.load looks for the device that the tensors were saved from, and it is not there. "
    "Tell it where to put them.",
)
def trusts_the_device_of_the_file(path, model, optimizer, device):
    state = torch.load(path)
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    return state["epoch"]


@misconception(
    of="load",
    says="The optimizer keeps its own learning rates. Those of the file count: a schedule may have "
    "changed them.",
)
def keeps_its_learning_rate(path, model, optimizer, device):
    state = torch.load(path, map_location=device)
    model.load_state_dict(state["model"])
    rates = [group["lr"] for group in optimizer.param_groups]
    optimizer.load_state_dict(state["optimizer"])
    for group, rate in zip(optimizer.param_groups, rates, strict=True):
        group["lr"] = rate
    return state["epoch"]


@misconception(
    of="load",
    says="eval() belongs to who uses the model. A run that is taken up again trains: the mode must "
    "stay as it is.",
)
def puts_the_model_in_eval(path, model, optimizer, device):
    state = torch.load(path, map_location=device)
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    model.eval()
    return state["epoch"]


@misconception(
    of="load",
    says="The epoch of the file is wanted, not the one after it.",
)
def returns_the_next_epoch(path, model, optimizer, device):
    state = torch.load(path, map_location=device)
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    return state["epoch"] + 1
