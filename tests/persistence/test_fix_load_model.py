"""Properties and misconceptions of persistence/fix_load_model."""

import os
import pickle
import tempfile
from pathlib import Path
from unittest import mock

import torch
from torch import nn

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

ELSEWHERE = "cuda:99"


class Plain(nn.Linear):
    """A layer with parameters alone."""

    def __init__(self):
        super().__init__(2, 3)


class Deep(nn.Module):
    """A model with buffers and with modules that behave otherwise in training."""

    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3), nn.Dropout(0.5))
        self.head = nn.Linear(3, 1)
        self.head.bias.requires_grad_(False)

    def forward(self, x):
        return self.head(self.body(x))


CLASSES = {"Plain": Plain, "Deep": Deep}


class Runs:
    """What makes a folder as soon as it is unpickled: stands for code that does harm."""

    def __init__(self, folder):
        self.folder = folder

    def __reduce__(self):
        return os.mkdir, (self.folder,)


@st.composite
def files(draw):
    """The class of a model, and the numbers in the file."""
    name = draw(st.sampled_from(tuple(CLASSES)))
    state = {}
    for key, value in CLASSES[name]().state_dict().items():
        kind = value.dtype if value.dtype == torch.int64 else torch.float32
        state[key] = draw(st.tensors(tuple(value.shape), kind, layouts=["contiguous"])).abs() + 1
    return {"name": name, "state": state}


def written(content, folder, elsewhere=False):
    """The path of a file, as it would be written on a machine with another device if asked."""
    path = Path(folder, "model.pt")
    tag = torch.serialization.location_tag
    with mock.patch(
        "torch.serialization.location_tag", lambda s: ELSEWHERE if elsewhere else tag(s)
    ):
        torch.save(content, path)
    return path


def held(model):
    return dict(model.state_dict())


@forall(files(), as_text=st.booleans(), examples=10)
def test_returns_the_model(impl, name, state, as_text):
    """load_model returns a model of the class, with what the file holds."""
    made = []

    def cls():
        made.append(name)
        return CLASSES[name]()

    with tempfile.TemporaryDirectory() as folder:
        path = written(state, folder)
        model = impl.load_model(str(path) if as_text else path, cls)
    found = isinstance(model, CLASSES[name]) and held(model)
    assert_same(found, {key: value.cpu() for key, value in state.items()})
    return found, [param.requires_grad for param in model.parameters()], made


@forall(
    files(),
    strata={"a deep model": files().filter(lambda drawn: drawn["name"] == "Deep")},
    examples=6,
)
def test_is_ready_for_use(impl, name, state):
    """The model and all modules in it are in evaluation mode."""
    with tempfile.TemporaryDirectory() as folder, torch.no_grad():
        model = impl.load_model(path=written(state, folder), cls=CLASSES[name])
        recording = torch.is_grad_enabled()
        first = model(torch.tensor([[0.5, 1.5]]))
    return [module.training for module in model.modules()], recording, first, held(model)


@forall(files(), examples=5)
def test_loads_what_comes_from_elsewhere(impl, name, state):
    """A file from a machine with another accelerator is loaded, onto the CPU."""
    with tempfile.TemporaryDirectory() as folder:
        model = impl.load_model(written(state, folder, elsewhere=True), CLASSES[name])
    assert_same(held(model), {key: value.cpu() for key, value in state.items()})
    return held(model)


@forall(files(), whole=st.booleans(), examples=8)
def test_refuses_pickled_objects(impl, name, state, whole):
    """A file with other objects than plain data is refused with UnpicklingError, and not run."""
    with tempfile.TemporaryDirectory() as folder:
        ran = Path(folder, "ran")
        content = CLASSES[name]() if whole else {**state, "note": Runs(str(ran))}
        try:
            outcome = type(impl.load_model(written(content, folder), CLASSES[name])).__name__
        except pickle.UnpicklingError:
            outcome = "refused"
        return {"outcome": outcome, "something was run": ran.exists()}


@forall(
    files(),
    change=st.sampled_from(("missing", "more", "shape", "broadcastable")),
    examples=8,
    raises=RuntimeError,
)
def test_refuses_the_file_of_another_model(impl, name, state, change):
    """Names that are missing or too many and other shapes raise RuntimeError."""
    state = dict(state)
    key = next(iter(state))
    if change == "missing":
        del state[key]
    elif change == "more":
        state["more"] = torch.ones(1)
    elif change == "broadcastable":
        state[key] = state[key][:1]
    else:
        state[key] = state[key].repeat(2, 1)
    with tempfile.TemporaryDirectory() as folder:
        return impl.load_model(written(state, folder), CLASSES[name])


@misconception(
    of="load_model",
    stub=True,
    says="The comma makes a tuple: what is in the file is its only element.",
)
def loads_a_tuple(path, cls):
    model = cls()
    state = (torch.load(path, weights_only=False),)
    model.load_state_dict(state)
    return model


@misconception(
    of="load_model",
    says="The comma of the last line makes a tuple: it is returned, and not the model.",
)
def returns_a_tuple(path, cls):
    model = cls()
    model.load_state_dict(torch.load(path, map_location="cpu"))
    return (model.eval(),)


@misconception(
    of="load_model",
    says="The model is in training mode: dropout drops numbers, and batch norm follows what it "
    "sees.",
)
def stays_in_training(path, cls):
    model = cls()
    model.load_state_dict(torch.load(path, map_location="cpu"))
    return model


@misconception(
    of="load_model",
    says="training = False reaches the outermost module alone. eval() walks through all of them.",
)
def sets_the_outermost_mode(path, cls):
    model = cls()
    model.load_state_dict(torch.load(path, map_location="cpu"))
    model.training = False
    return model


@misconception(
    of="load_model",
    says="weights_only=False unpickles anything, and so runs what the file asks for.",
)
def runs_the_file(path, cls):
    model = cls()
    model.load_state_dict(torch.load(path, map_location="cpu", weights_only=False))
    return model.eval()


@misconception(
    of="load_model",
    says="What was refused is loaded all the same, in the unsafe way. The refusal is the answer.",
)
def tries_again_unsafely(path, cls):
    model = cls()
    try:
        state = torch.load(path, map_location="cpu")
    except pickle.UnpicklingError:
        state = torch.load(path, map_location="cpu", weights_only=False)
    if isinstance(state, nn.Module):
        return state.eval()
    model.load_state_dict({key: state[key] for key in model.state_dict()})
    return model.eval()


@misconception(
    of="load_model",
    says="The tensors go back to the device that they were saved from, and it is not here. "
    "map_location says where else.",
)
def trusts_the_device_of_the_file(path, cls):
    model = cls()
    model.load_state_dict(torch.load(path))
    return model.eval()


@misconception(
    of="load_model",
    says="strict=False passes over names that don't match: part of the model keeps the random "
    "numbers that it was made with.",
)
def loads_in_part(path, cls):
    model = cls()
    model.load_state_dict(torch.load(path, map_location="cpu"), strict=False)
    return model.eval()


@misconception(
    of="load_model",
    says="load_state_dict returns a report on the names, not the model.",
)
def returns_the_report(path, cls):
    model = cls()
    return model.load_state_dict(torch.load(path, map_location="cpu"))


@misconception(
    of="load_model",
    says="The file holds a dict of tensors, not a model: make one of the class, and load the dict.",
)
def takes_the_state_for_the_model(path, cls):
    model = torch.load(path, map_location="cpu")
    return model.eval()


@misconception(
    of="load_model",
    says="Only parameters are loaded. The running statistics of batch norm are buffers, and are in "
    "the file too.",
)
def loads_parameters_alone(path, cls):
    model = cls()
    state = torch.load(path, map_location="cpu")
    for name, param in model.named_parameters():
        param.data.copy_(state[name])
    return model.eval()
