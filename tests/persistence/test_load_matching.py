"""Properties and misconceptions of persistence/load_matching."""

import torch
from torch import nn

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

SHAPES = {
    "encoder.weight": (3, 2),
    "encoder.bias": (3,),
    "model.weight": (2, 3),
    "model.module.scale": (2,),
    "module.steps": (),
    "module.mean": (1, 2),
}
OTHER = {
    "encoder.weight": ((2, 3), (6,), (1, 2), (3, 2, 1), (4, 2)),
    "encoder.bias": ((1,), (), (1, 3), (4,)),
    "model.weight": ((3, 2), (1, 3), (2, 1)),
    "model.module.scale": ((1,), (), (2, 1), (3,)),
    "module.steps": ((1,), (2,)),
    "module.mean": ((2,), (2, 1), (1, 1)),
}
PREFIXES = ("module.", "", "model.", "ema_")
STRANGE = {
    "the prefix and more": lambda prefix, name: f"{prefix}old.{name}",
    "something as long as the prefix": lambda prefix, name: "x" * len(prefix) + name,
    "the prefix twice": lambda prefix, name: prefix + prefix + name,
    "the prefix in the middle": lambda prefix, name: f"old.{prefix}{name}",
    "no prefix": lambda prefix, name: name,
}


class Net(nn.Module):
    """A model whose names are like prefixes."""

    def __init__(self):
        super().__init__()
        self.encoder = nn.Linear(2, 3)
        self.model = nn.Linear(3, 2, bias=False)
        self.model.module = nn.Module()
        self.model.module.scale = nn.Parameter(torch.ones(2), requires_grad=False)
        self.module = nn.Module()
        self.module.register_buffer("steps", torch.tensor(0.0))
        self.module.register_buffer("mean", torch.zeros(1, 2))


def values(shape, kinds=(torch.float32, torch.float64)):
    return st.tensors(shape, st.dtypes(*kinds), layouts=["contiguous", "transposed", "sliced"])


@st.composite
def states(draw, fits=("same", "absent", "shape"), kinds=(torch.float32, torch.float64)):
    """A model's values, a prefix, and a state with some of the names, in some of the shapes."""
    prefix, state = draw(st.sampled_from(PREFIXES)), {}
    for name in draw(st.permutations(list(SHAPES))):
        fit = draw(st.sampled_from(fits))
        if fit != "absent":
            shape = SHAPES[name] if fit == "same" else draw(st.sampled_from(OTHER[name]))
            state[prefix + name] = draw(values(shape, kinds))
    kind = draw(st.dtypes())
    own = {name: draw(values(shape, (kind,))) for name, shape in SHAPES.items()}
    return {"own": own, "state": state, "prefix": prefix}


@st.composite
def strangers(draw, other):
    """A state whose keys are made in another way from the names, but for one."""
    drawn = draw(states())
    prefix = draw(st.sampled_from(("module.", "model.", "ema_")))
    state = {other(prefix, name): draw(values(shape)) for name, shape in SHAPES.items()}
    state[prefix + "encoder.bias"] = draw(values(SHAPES["encoder.bias"]))
    return {**drawn, "state": state, "prefix": prefix}


def made(own):
    """A model with these values, with their dtype and on their device."""
    model = Net().to(own["encoder.weight"].device, own["encoder.weight"].dtype)
    model.load_state_dict(own)
    return model


def held(model):
    return {name: value.detach().clone() for name, value in model.state_dict().items()}


def matching(own, state, prefix):
    """Each name that matches, with the value for it."""
    keys = {prefix + name: name for name in own}
    return {
        keys[key]: value
        for key, value in state.items()
        if key in keys and list(value.shape) == list(own[keys[key]].shape)
    }


def expected(own, state, prefix):
    """What is to be returned, and what the model is to hold."""
    fitting = matching(own, state, prefix)
    report = set(own) - set(fitting), set(state) - {prefix + name for name in fitting}
    return report, {name: fitting.get(name, value).to(value) for name, value in own.items()}


@forall(states(("same", "absent")), examples=16)
def test_loads_by_name(impl, own, state, prefix):
    """What the state has under prefix and name is loaded; all else is missing or unused."""
    model, given = made(own), dict(state)
    report = impl.load_matching(model, state, prefix)
    assert_same((report, held(model)), expected(own, given, prefix))
    return report, held(model)


@forall(states(("shape", "same")), examples=16)
def test_passes_over_other_shapes(impl, own, state, prefix):
    """A value of another shape is not loaded: its name is missing and its key unused."""
    model, given = made(own), dict(state)
    report = impl.load_matching(model, state, prefix)
    assert_same((report, held(model)), expected(own, given, prefix))
    return report, held(model)


@forall(
    strangers(STRANGE["the prefix and more"]),
    strata={case: strangers(other) for case, other in STRANGE.items()},
    examples=10,
)
def test_takes_the_prefix_off_once(impl, own, state, prefix):
    """The prefix is taken off once, at the beginning; a key without it is unused."""
    model, given = made(own), dict(state)
    report = impl.load_matching(m=model, state=state, prefix=prefix)
    assert_same((report, held(model)), expected(own, given, prefix))
    return report, held(model)


@forall(
    states(("same",), kinds=(torch.float64, torch.float16, torch.float32)),
    away=st.booleans(),
    examples=10,
)
def test_converts_to_the_models_dtype(impl, own, state, prefix, away):
    """Values of another dtype, or on the CPU, are loaded too, and the model keeps its own."""
    model, given = made(own), dict(state)
    there = {key: value.cpu() for key, value in state.items()} if away else state
    report = impl.load_matching(model, there, prefix)
    assert_same((report, held(model)), expected(own, given, prefix))
    return report, held(model)


@forall(states(), examples=12)
def test_the_model_stays_itself(impl, own, state, prefix):
    """Parameters and buffers are the same objects, and what is written to them stays theirs."""
    model = made(own)
    before = [*model.named_parameters(), *model.named_buffers()]
    with torch.no_grad():
        impl.load_matching(model, state, prefix)
        recording = torch.is_grad_enabled()
    now = dict([*model.named_parameters(), *model.named_buffers()])
    with torch.no_grad():
        for _, value in before:
            value.add_(1)
    return {
        "recording": recording,
        "same objects": {name: now.get(name) is value for name, value in before},
        "values": held(model),
        "trained": {name: param.requires_grad for name, param in model.named_parameters()},
        "grads": [param.grad for param in model.parameters()],
    }


@forall(states(("same",)), examples=5)
def test_needs_no_prefix(impl, own, state, prefix):
    """Without a prefix the keys are the names."""
    model = made(own)
    given = {key.removeprefix(prefix): value for key, value in state.items()}
    report = impl.load_matching(model, given)
    assert_same((report, held(model)), expected(own, given, ""))
    return report, held(model)


def chosen(m, state, prefix, load=None, name_of=None, fits=None):
    """All of it right but for what a misconception gives."""
    own, taken, unused = m.state_dict(), {}, set()
    for key, value in state.items():
        name = name_of(key) if name_of else key.removeprefix(prefix)
        known = name in own and (name_of is not None or key.startswith(prefix))
        if known and (fits(value, own[name]) if fits else value.shape == own[name].shape):
            taken[name] = value
        else:
            unused.add(key)
    if load is None:
        m.load_state_dict(taken, strict=False)
    else:
        load(taken)
    return set(own) - set(taken), unused


@misconception(
    of="load_matching",
    says="strict=False forgives names that are missing or too many. Sizes that differ still raise.",
)
def trusts_strict(m, state, prefix=""):
    names = {key.removeprefix(prefix): key for key in state if key.startswith(prefix)}
    others = {key for key in state if not key.startswith(prefix)}
    result = m.load_state_dict({name: state[key] for name, key in names.items()}, strict=False)
    return set(result.missing_keys), {names[name] for name in result.unexpected_keys} | others


@misconception(
    of="load_matching",
    says="lstrip takes a set of letters, not a beginning: it goes on into the name, as long as its "
    "letters are among them.",
)
def strips_letters(m, state, prefix=""):
    return chosen(m, state, prefix, name_of=lambda key: key.lstrip(prefix))


@misconception(
    of="load_matching",
    says="replace takes the prefix out wherever it stands, in the middle of a name too.",
)
def replaces_everywhere(m, state, prefix=""):
    return chosen(m, state, prefix, name_of=lambda key: key.replace(prefix, ""))


@misconception(
    of="load_matching",
    says="So many letters are taken off each key, whether they are the prefix or not.",
)
def cuts_off_unseen(m, state, prefix=""):
    return chosen(m, state, prefix, name_of=lambda key: key[len(prefix) :])


@misconception(
    of="load_matching",
    says="A key without the prefix is taken as well. It is not meant, and is to be unused.",
)
def takes_keys_without_the_prefix(m, state, prefix=""):
    return chosen(m, state, prefix, name_of=lambda key: key.removeprefix(prefix))


@misconception(
    of="load_matching",
    says="A key without the prefix is loaded where it is a name itself. It is not meant.",
)
def loads_keys_without_the_prefix(m, state, prefix=""):
    own = m.state_dict()
    stripped = {key.removeprefix(prefix): value for key, value in state.items()}
    fitting = {n: v for n, v in stripped.items() if n in own and v.shape == own[n].shape}
    m.load_state_dict(fitting, strict=False)
    return set(own) - set(fitting), set(state) - {prefix + name for name in fitting}


@misconception(
    of="load_matching",
    says="As many elements are not the same shape: a transposed matrix would be loaded row by row, "
    "in the wrong order.",
)
def compares_element_counts(m, state, prefix=""):
    def load(taken):
        own = m.state_dict()
        for name, value in taken.items():
            own[name].copy_(value.reshape(own[name].shape))

    return chosen(m, state, prefix, load, fits=lambda value, own: value.numel() == own.numel())


@misconception(
    of="load_matching",
    says="copy_ broadcasts: one row is written to all. Compare the shapes.",
)
def lets_copy_broadcast(m, state, prefix=""):
    def fits(value, own):
        try:
            own.copy_(value)
        except RuntimeError:
            return False
        return True

    return chosen(m, state, prefix, lambda taken: None, fits=fits)


@misconception(
    of="load_matching",
    says="The second set holds keys of the state as they are there, prefix and all.",
)
def reports_names_for_keys(m, state, prefix=""):
    missing, unused = chosen(m, state, prefix)
    return missing, {key.removeprefix(prefix) for key in unused}


@misconception(
    of="load_matching",
    says="A name whose value has another shape got no value. It is missing as well.",
)
def counts_other_shapes_as_loaded(m, state, prefix=""):
    _, unused = chosen(m, state, prefix)
    return {name for name in m.state_dict() if prefix + name not in state}, unused


@misconception(
    of="load_matching",
    says="assign=True puts new tensors into the model, with the dtype of the state. The optimizer "
    "still holds the old ones.",
)
def assigns(m, state, prefix=""):
    def load(taken):
        m.load_state_dict(taken, strict=False, assign=True)

    return chosen(m, state, prefix, load)


@misconception(
    of="load_matching",
    says="The model's parameters lie in the memory of the state: training would write to it.",
)
def shares_the_memory(m, state, prefix=""):
    def load(taken):
        for name, value in [*m.named_parameters(), *m.named_buffers()]:
            if name in taken:
                value.data = taken[name].to(value)

    return chosen(m, state, prefix, load)


@misconception(
    of="load_matching",
    says="Buffers are in the state dict too, and are loaded as parameters are.",
)
def loads_parameters_alone(m, state, prefix=""):
    names = {name for name, _ in m.named_parameters()}

    def load(taken):
        kept = {name: value for name, value in taken.items() if name in names}
        m.load_state_dict(kept, strict=False)

    return chosen(m, state, prefix, load)


@misconception(
    of="load_matching",
    says="Another dtype is no obstacle: the value is converted.",
)
def wants_the_same_dtype(m, state, prefix=""):
    def fits(value, own):
        return value.shape == own.shape and value.dtype == own.dtype

    return chosen(m, state, prefix, fits=fits)
