"""Properties and misconceptions of hooks/extract_features."""

import torch
from torch import nn
from torch.nn.modules import module as hooks_of_all

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

LAYERS = ("stem", "stem.scale", "stem.relu", "body", "body.0", "body.0.0", "body.0.1", "act", "")


class Scale(nn.Module):
    """Each column times its weight; in training it counts its calls, and adds them."""

    def __init__(self, weight):
        super().__init__()
        self.weight = nn.Parameter(weight.clone())
        self.register_buffer("calls", torch.zeros_like(weight))

    def forward(self, x):
        if self.training:
            self.calls += 1
            return x * self.weight + self.calls
        return x * self.weight


class Network(nn.Module):
    """Scales with an in-place ReLU after each; the last of those is called twice."""

    def __init__(self, weight, fails=False):
        super().__init__()
        self.stem = nn.Sequential()
        self.stem.add_module("scale", Scale(weight))
        self.stem.add_module("relu", nn.ReLU(inplace=True))
        self.body = nn.Sequential(
            nn.Sequential(Scale(weight), nn.ReLU(inplace=True)), Scale(weight)
        )
        self.act = nn.ReLU(inplace=True)
        self.head = Scale(weight)
        self.fails = fails

    def forward(self, x):
        first = self.act(self.body(self.stem(x)))
        last = self.act(self.head(first))
        if self.fails:
            raise ValueError("the model fails")
        return last


def expected(layer, weight, x, training):
    """What a layer passes on last, computed without modules."""
    given = {}

    def scale(x):
        return x * weight + training

    given["stem.scale"] = scale(x)
    given["stem"] = given["stem.relu"] = given["stem.scale"].relu()
    given["body.0.0"] = scale(given["stem"])
    given["body.0"] = given["body.0.1"] = given["body.0.0"].relu()
    given["body"] = scale(given["body.0"])
    given["head"] = scale(given["body"].relu())
    given["act"] = given[""] = given["head"].relu()
    return given[layer].detach()


def left_on(model):
    """What stands on each module: its hooks, attributes and mode."""
    of_all = [hooks_of_all._global_forward_hooks, hooks_of_all._global_forward_pre_hooks]
    return [len(each) for each in of_all], {
        name: {
            "hooks": len(module._forward_hooks) + len(module._forward_pre_hooks),
            "attributes": sorted(vars(module).keys() - vars(nn.Module()).keys()),
            "training": module.training,
        }
        for name, module in model.named_modules()
    }


@st.composite
def problems(draw):
    """A weight for each column, a batch, and the mode."""
    dtype = draw(st.dtypes())
    rows, width = draw(st.integers(0, 3)), draw(st.integers(1, 3))
    return {
        "weight": draw(st.tensors((width,), dtype)),
        "x": draw(st.tensors((rows, width), dtype)),
        "training": draw(st.booleans()),
    }


@st.composite
def overwritten(draw):
    """Problems in which an in-place ReLU changes what the layer before it gave."""
    dtype = draw(st.dtypes())
    return {
        "weight": torch.tensor([0.1, -0.3], dtype=dtype),
        "x": torch.tensor([[1.3, 2.7], [-3.1, 1.9]], dtype=dtype),
        "layer": "stem.scale",
    }


layers = st.sampled_from(LAYERS)


@forall(
    problems(),
    layer=layers,
    needs_grad=st.booleans(),
    strata={"a negative number in front of an in-place ReLU": overwritten()},
)
def test_gives_what_the_layer_gave(impl, weight, x, training, layer, needs_grad):
    """The result has the values that the layer passed on last, and does not require grad."""
    model = Network(weight).train(training)
    features = impl.extract(model, layer, x.requires_grad_(needs_grad))
    assert_same(features, expected(layer, weight, x, training))
    return features


@forall(x=st.tensors(), layer=st.sampled_from(["0", "1", ""]), aliasing=True)
def test_gives_a_copy(impl, x, layer):
    """The result has memory of its own, though layers pass on the tensor that they were given."""
    return impl.extract(nn.Sequential(nn.Identity(), nn.Identity()), layer, x)


@forall(problems(), layer=layers, again=layers)
def test_runs_the_model_once_and_leaves_it(impl, weight, x, training, layer, again):
    """Each extract is one whole run in the model's own mode, and leaves nothing on it."""
    model = Network(weight).train(training)
    features = [impl.extract(model=model, layer=each, x=x) for each in (layer, again)]
    return features, model.state_dict(), left_on(model)


@forall(problems(), layer=layers)
def test_leaves_nothing_after_an_exception(impl, weight, x, training, layer):
    """Where the model raises, the exception goes on, and nothing is left on the model either."""
    model = Network(weight, fails=True).train(training)
    raised = None
    try:
        impl.extract(model, layer, x)
    except ValueError as error:
        raised = str(error)
    return raised, left_on(model)


@forall(problems(), layer=layers)
def test_goes_with_hooks_of_others(impl, weight, x, training, layer):
    """A hook that somebody else registered takes effect, on the result too, and stays."""
    model = Network(weight).train(training)
    model.get_submodule(layer).register_forward_hook(lambda module, given, output: 2 * output)
    features = impl.extract(model, layer, x)
    return features, left_on(model), model(x)


@misconception(
    of="extract",
    says="The layer's output is the tensor that goes on: an in-place operation after it overwrites "
    "what you keep. The values of that moment need memory of their own.",
)
def keeps_the_output_itself(model, layer, x):
    features = []
    handle = model.get_submodule(layer).register_forward_hook(
        lambda module, given, output: features.append(output.detach())
    )
    try:
        model(x)
    finally:
        handle.remove()
    return features[-1]


@misconception(
    of="extract",
    says="A clone belongs to the graph, and requires grad where the output does.",
)
def clones_only(model, layer, x):
    features = []
    handle = model.get_submodule(layer).register_forward_hook(
        lambda module, given, output: features.append(output.clone())
    )
    try:
        model(x)
    finally:
        handle.remove()
    return features[-1]


def _kept(features, output):
    features.append(output.detach().clone())


@misconception(
    of="extract",
    says="Your hook stays on the layer after the run, and is called in every later one.",
)
def leaves_the_hook_on(model, layer, x):
    features = []
    model.get_submodule(layer).register_forward_hook(lambda _, given, out: _kept(features, out))
    model(x)
    return features[-1]


@misconception(
    of="extract",
    says="Where the model raises, the line that removes the hook is never reached.",
)
def is_lost_by_an_exception(model, layer, x):
    features = []
    module = model.get_submodule(layer)
    handle = module.register_forward_hook(lambda _, given, out: _kept(features, out))
    model(x)
    handle.remove()
    return features[-1]


@misconception(
    of="extract",
    says="All hooks of the layer are removed, those of others too. A handle removes its own.",
)
def removes_all_hooks(model, layer, x):
    features = []
    module = model.get_submodule(layer)
    module.register_forward_hook(lambda _, given, out: _kept(features, out))
    try:
        model(x)
    finally:
        module._forward_hooks.clear()
    return features[-1]


@misconception(
    of="extract",
    says="model.forward(x) skips the hooks of the model itself: yours, where the layer is the "
    "model, and those of others. Call the model.",
)
def calls_forward(model, layer, x):
    features = []
    module = model.get_submodule(layer)
    handle = module.register_forward_hook(lambda _, given, out: _kept(features, out))
    try:
        model.forward(x)
    finally:
        handle.remove()
    return features[-1]


@misconception(
    of="extract",
    says="A name with dots leads into nested modules, and is no attribute of the model. The empty "
    "name is the model.",
)
def looks_at_children_only(model, layer, x):
    features = []
    module = getattr(model, layer)
    handle = module.register_forward_hook(lambda _, given, out: _kept(features, out))
    try:
        model(x)
    finally:
        handle.remove()
    return features[-1]


@misconception(
    of="extract",
    says="What you keep is what the layer was given. What it passes on is the hook's third "
    "argument.",
)
def keeps_the_input(model, layer, x):
    features = []
    module = model.get_submodule(layer)
    handle = module.register_forward_hook(lambda _, given, out: _kept(features, given[0]))
    try:
        model(x)
    finally:
        handle.remove()
    return features[-1]


@misconception(
    of="extract",
    says="Where the model calls the layer more than once, you return what it gave first. Asked for "
    "is the last.",
)
def keeps_the_first_call(model, layer, x):
    features = []
    module = model.get_submodule(layer)
    handle = module.register_forward_hook(lambda _, given, out: _kept(features, out))
    try:
        model(x)
    finally:
        handle.remove()
    return features[0]


@misconception(
    of="extract",
    says="The model ran in eval mode, whatever mode it was in. Its mode is the caller's choice.",
)
def switches_to_eval(model, layer, x):
    features = []
    model.eval()
    module = model.get_submodule(layer)
    handle = module.register_forward_hook(lambda _, given, out: _kept(features, out))
    try:
        model(x)
    finally:
        handle.remove()
    return features[-1]
