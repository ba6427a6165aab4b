"""Properties and misconceptions of autograd/frozen_forward."""

import torch
from torch import nn

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception


class Notes(list):
    """A list that a copy of the model shares."""

    def __deepcopy__(self, memo):
        return self


class Network(nn.Module):
    """Two layers, of which the first one's bias is frozen, and notes of what happens inside."""

    def __init__(self, weight, bias, fails=False):
        super().__init__()
        self.weight = nn.Parameter(weight.clone())
        self.bias = nn.Parameter(bias.clone(), requires_grad=False)
        self.scale = nn.Parameter(torch.full_like(bias, 2))
        self.fails = fails
        self.recorded = Notes()
        self.modes = Notes()

    def forward(self, x):
        self.modes.append(self.training)
        hidden = torch.relu(x @ self.weight + self.bias)
        self.recorded.append(hidden.requires_grad)
        if self.training:
            hidden = hidden * 3
        output = hidden * self.scale
        self.recorded.append(output.requires_grad)
        if self.fails:
            raise ValueError("the model fails")
        return output

    def flags(self):
        return {
            "requires_grad": {name: each.requires_grad for name, each in self.named_parameters()},
            "training": self.training,
        }


@st.composite
def problems(draw):
    """Weights and a batch for a network, and how everything is set."""
    dtype = draw(st.dtypes())
    rows, width = draw(st.integers(0, 3)), draw(st.integers(1, 3))
    return {
        "weight": draw(st.tensors((2, width), dtype)),
        "bias": draw(st.tensors((width,), dtype)),
        "x": draw(st.tensors((rows, 2), dtype)),
        "training": draw(st.booleans()),
    }


@forall(problems(), needs_grad=st.booleans())
def test_gives_the_values_of_the_model(impl, weight, bias, x, training, needs_grad):
    """The result has the values of model(x), and does not require grad."""
    network = Network(weight, bias).train(training)
    output = impl.frozen(network, x.requires_grad_(needs_grad))
    assert_same(output, Network(weight, bias).train(training)(x).detach())
    return output


class GivesBack(nn.Module):
    """Gives back a parameter, or what it is given."""

    def __init__(self, value, what):
        super().__init__()
        self.value = nn.Parameter(value.clone())
        self.what = what

    def forward(self, x):
        return self.value if self.what == "a parameter" else x


@forall(
    x=st.tensors(st.shapes(1, 2), st.dtypes()),
    what=st.sampled_from(("x itself", "a parameter")),
    needs_grad=st.booleans(),
    examples=12,
    strata={
        "x itself, which requires grad": {"what": st.just("x itself"), "needs_grad": st.just(True)}
    },
)
def test_what_is_given_back_is_a_constant_too(impl, x, what, needs_grad):
    """Where the model gives back x itself or a parameter, the result does not require grad."""
    model = GivesBack(x, what)
    output = impl.frozen(model, x.requires_grad_(needs_grad))
    assert_same(output, x.detach())
    return output, {"the parameter requires grad": model.value.requires_grad}


def normalizing(values, training, of_the_part):
    """A model of parts with modes of their own, and a list of the calls of its hook."""
    norm = nn.BatchNorm1d(2, dtype=values.dtype, device=values.device)
    model = nn.Sequential(norm, nn.Dropout(0.0)).train(training)
    norm.train(of_the_part)
    calls = []
    model.register_forward_hook(lambda *_: calls.append("hook"))
    return model, norm, calls


@forall(
    x=st.tensors((3, 2), st.dtypes(), unique=True),
    training=st.booleans(),
    of_the_part=st.booleans(),
    examples=12,
    strata={"a part in train alone": {"training": st.just(False), "of_the_part": st.just(True)}},
)
def test_parts_run_and_stay_as_they_are(impl, x, training, of_the_part):
    """Each part runs in its own mode and keeps it; hooks are called, and averages go on."""
    model, norm, calls = normalizing(x, training, of_the_part)
    output = impl.frozen(model, x)
    found = {"mean": norm.running_mean, "modes": [each.training for each in model.modules()]}
    theirs, other, _ = normalizing(x, training, of_the_part)
    assert_same(output, theirs(x).detach())
    assert_same(found["mean"], other.running_mean)
    return output, found, calls


@forall(problems(), needs_grad=st.booleans())
def test_records_nothing_inside(impl, weight, bias, x, training, needs_grad):
    """The model runs once, and no result of an operation requires grad meanwhile."""
    network = Network(weight, bias).train(training)
    impl.frozen(model=network, x=x.requires_grad_(needs_grad))
    return {"requires grad inside": network.recorded, "training inside": network.modes}


@forall(problems(), grad_mode=st.booleans())
def test_leaves_all_as_it_was(impl, weight, bias, x, training, grad_mode):
    """The grad mode, requires_grad of each parameter and the model's mode are as before."""
    network = Network(weight, bias).train(training)
    with torch.set_grad_enabled(grad_mode):
        impl.frozen(network, x)
        return {"grad mode": torch.is_grad_enabled(), **network.flags()}


@forall(problems(), grad_mode=st.booleans(), needs_grad=st.booleans())
def test_leaves_all_as_it_was_after_an_exception(
    impl, weight, bias, x, training, grad_mode, needs_grad
):
    """The model's exception goes on to the caller, and all is as before then, too."""
    network = Network(weight, bias, fails=True).train(training)
    x.requires_grad_(needs_grad)
    raised = None
    with torch.set_grad_enabled(grad_mode):
        try:
            impl.frozen(network, x)
        except ValueError as error:
            raised = str(error)
        return {"raised": raised, "grad mode": torch.is_grad_enabled(), **network.flags()}


@forall(problems())
def test_result_can_be_used_later(impl, weight, bias, x, training):
    """The result can be part of a later graph, as a constant that is saved for its backward."""
    output = impl.frozen(Network(weight, bias).train(training), x)
    factor = torch.ones_like(bias, requires_grad=True)
    (gradient,) = torch.autograd.grad((factor * output).sum(), factor)
    assert_same(gradient, output.detach().sum(0))
    return gradient


@misconception(
    of="frozen",
    says="Only the output is cut off. The graph was recorded while the model ran, at full cost.",
)
def detaches_the_output(model, x):
    return model(x).detach()


@misconception(
    of="frozen",
    says="The grad mode is switched off, and stays so: whatever the caller does next has no "
    "gradients.",
)
def never_switches_back(model, x):
    torch.set_grad_enabled(False)
    return model(x)


@misconception(
    of="frozen",
    says="The grad mode is on afterwards even where the caller had it off. Put it back to what it "
    "was.",
)
def switches_on_at_the_end(model, x):
    torch.set_grad_enabled(False)
    try:
        return model(x)
    finally:
        torch.set_grad_enabled(True)


@misconception(
    of="frozen",
    says="Where the model raises, the line that puts the grad mode back is never reached.",
)
def is_lost_by_an_exception(model, x):
    before = torch.is_grad_enabled()
    torch.set_grad_enabled(False)
    output = model(x)
    torch.set_grad_enabled(before)
    return output


@misconception(
    of="frozen",
    says="Parameters that did not require grad before do so now. And while x requires grad, the "
    "model is recorded though its parameters are off.",
)
def freezes_and_thaws_the_parameters(model, x):
    model.requires_grad_(False)
    try:
        return model(x).detach()
    finally:
        model.requires_grad_(True)


@misconception(
    of="frozen",
    says="The parameters are off for good: nobody can train this model any more.",
)
def freezes_the_parameters_for_good(model, x):
    model.requires_grad_(False)
    return model(x.detach())


@misconception(
    of="frozen",
    says="eval() switches dropout and batch norm, and has nothing to do with the graph. The mode "
    "in which the model runs is the caller's choice.",
)
def confuses_eval_with_no_grad(model, x):
    model.eval()
    return model(x)


@misconception(
    of="frozen",
    says="The model ran in eval mode, whatever mode it was in. Its mode is the caller's choice.",
)
def switches_to_eval(model, x):
    model.eval()
    with torch.no_grad():
        return model(x)


@misconception(
    of="frozen",
    says="A tensor made in inference_mode can't be saved for the backward of a later graph. The "
    "result is to be an ordinary tensor.",
)
def makes_an_inference_tensor(model, x):
    with torch.inference_mode():
        return model(x)


@misconception(
    of="frozen",
    says="x is no part of the graph now, but the parameters are: what is computed with them is "
    "recorded.",
)
def detaches_the_input(model, x):
    return model(x.detach())
