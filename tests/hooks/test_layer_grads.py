"""Properties and misconceptions of hooks/layer_grads."""

import warnings
from contextlib import ExitStack

import torch
from torch import nn
from torch.nn.modules import module as of_all

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception


class Scale(nn.Module):
    """Columns times weights, and one added: two operations."""

    def __init__(self, weight):
        super().__init__()
        self.weight = nn.Parameter(weight.clone())
        self.shift = nn.Parameter(torch.ones_like(weight))

    def forward(self, x):
        return x * self.weight + self.shift


class Network(nn.Module):
    """A residual block between two layers, and a layer that is never called."""

    def __init__(self, weight, fails=False):
        super().__init__()
        self.first = Scale(weight)
        self.body = nn.Sequential(Scale(weight), nn.ReLU())
        self.last = Scale(weight)
        self.idle = Scale(weight)
        self.fails = fails
        self.register_buffer("runs", torch.zeros(()))

    def forward(self, x):
        self.runs += 1
        hidden = self.first(x)
        output = self.last(hidden + self.body(hidden))
        if self.fails:
            raise ValueError("the model fails")
        return output if self.training else -output


@st.composite
def problems(draw):
    """A weight for each column, a batch, the gradient of the output, and the mode."""
    dtype = draw(st.dtypes())
    rows, width = draw(st.integers(0, 3)), draw(st.integers(1, 3))
    return {
        "weight": draw(st.tensors((width,), dtype)),
        "x": draw(st.tensors((rows, width), dtype)),
        "v": draw(st.tensors((rows, width), dtype)),
        "training": draw(st.booleans()),
    }


def expected(weight, x, v, training):
    """The gradients of all layers, by the chain rule."""
    weight, x = weight.detach(), x.detach()
    inner = (x * weight + 1) * weight + 1
    out = v if training else -v
    last = out * weight
    relu = torch.where(inner > 0, last, 0)
    first = last + relu * weight
    return {
        "first": (first * weight, first),
        "body.0": (relu * weight, relu),
        "body.1": (relu, last),
        "last": (last, out),
    }


def without_input(grads):
    return {"first": grads["first"][1], "last": grads["last"]}


def given(layer_grads, model, x, loss_fn):
    """What layer_grads gives, in order; torch's warning is no mistake."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        grads = layer_grads(model=model, x=x, loss_fn=loss_fn)
    return {name: grads[name] for name in sorted(grads)}


def left_on(model):
    """What stands on each module, and on all of them."""
    everywhere = [
        *(of_all._global_backward_hooks, of_all._global_backward_pre_hooks),
        *(of_all._global_forward_hooks, of_all._global_forward_pre_hooks),
    ]
    found = {
        name: (len(module._backward_hooks), len(module._forward_hooks), module.training)
        for name, module in model.named_modules()
    }
    found[None] = [len(each) for each in everywhere]
    # What was left would be heard in all that follows.
    for each in everywhere:
        each.clear()
    return found


@forall(problems())
def test_gives_both_gradients(impl, weight, x, v, training):
    """For each layer it gives the gradient of its input, through this layer, and of its output."""
    model, x = Network(weight).train(training), x.requires_grad_()
    grads = given(impl.layer_grads, model, x, lambda output: (output * v).sum())
    assert_same(grads, expected(weight, x, v, training))
    return grads


@forall(problems())
def test_gives_none_for_an_input_without_gradient(impl, weight, x, v, training):
    """Where x needs no gradient, that of the first layer's input is None; the others are there."""
    model = Network(weight).train(training)
    grads = given(impl.layer_grads, model, x, lambda output: (output * v).sum())
    _, first = grads["first"]
    assert_same(
        {"first": first, "last": grads["last"]}, without_input(expected(weight, x, v, training))
    )
    return grads


@forall(problems())
def test_takes_a_model_that_is_a_layer(impl, weight, x, v, training):
    """A model without children is the layer with the empty name."""
    return given(
        impl.layer_grads, Scale(weight), x.requires_grad_(), lambda output: (output * v).sum()
    )


@forall(problems())
def test_leaves_out_what_is_not_reached(impl, weight, x, v, training):
    """Layers in front of parameters and inputs that need no gradient are not in the dict."""
    model = Network(weight).train(training)
    model.first.requires_grad_(False)
    model.body.requires_grad_(False)
    return given(impl.layer_grads, model, x, lambda output: (output * v).sum())


@forall(problems(), needs_grad=st.booleans())
def test_is_one_ordinary_pass(impl, weight, x, v, training, needs_grad):
    """The model runs once, in its mode, and .grad is added to as backward() does."""
    model, x = Network(weight).train(training), x.requires_grad_(needs_grad)
    losses = []

    def loss_fn(output):
        losses.append((output * v).sum().view(1))
        return losses[-1]

    for parameter in model.parameters():
        parameter.grad = torch.ones_like(parameter)
    for _ in range(2):
        given(impl.layer_grads, model, x, loss_fn)
    grads = {name: each.grad for name, each in model.named_parameters()}
    return model.runs, len(losses), grads, x.grad


@forall(
    problems(),
    needs_grad=st.booleans(),
    strata={
        "a gradient that is equal to x": {
            "weight": st.just(torch.tensor([0.3, 0.7])),
            "x": st.just(torch.tensor([[0.1, -0.2]])),
            "v": st.just(torch.tensor([[0.1, -0.2]])),
            "needs_grad": st.just(False),
        },
        "x with a gradient": {"needs_grad": st.just(True)},
    },
)
def test_gives_copies(impl, weight, x, v, training, needs_grad):
    """What it gives does not require grad, and writing to one gradient changes nothing else."""
    model = nn.Sequential(nn.Identity(), nn.Sequential(nn.Identity()), Scale(weight), nn.Identity())
    x = x.requires_grad_(needs_grad)
    grads = given(impl.layer_grads, model, x, lambda output: (output * v).sum())
    apart = [each for pair in grads.values() for each in pair if each is not None]
    before = [each.detach().clone() for each in apart]
    for each in apart:
        each.detach().add_(1)
    return grads, before, x.grad, v


@forall(problems(), others=st.booleans())
def test_leaves_no_hook(impl, weight, x, v, training, others):
    """Afterwards no hook is left but those of others."""
    model, heard = Network(weight).train(training), []
    if others:
        model.last.register_full_backward_hook(lambda module, *grads: heard.append("last"))
    given(impl.layer_grads, model, x.requires_grad_(), lambda output: (output * v).sum())
    return left_on(model), heard


@forall(problems(), by_model=st.booleans())
def test_leaves_no_hook_after_an_exception(impl, weight, x, v, training, by_model):
    """Where the model or loss_fn raises, the exception goes on, and no hook is left."""
    model, raised = Network(weight, fails=by_model).train(training), None

    def loss_fn(output):
        raise ValueError("the loss fails")

    try:
        given(impl.layer_grads, model, x, loss_fn)
    except ValueError as error:
        raised = str(error)
    return raised, left_on(model)


def _copied(grad):
    return None if grad is None else grad.detach().clone()


def _layers(model):
    return [(name, each) for name, each in model.named_modules() if not list(each.children())]


def _collected(model, x, loss_fn, layers, pair, register=nn.Module.register_full_backward_hook):
    """All of it right but for what is given."""
    grads = {}

    def listen(name, layer):
        def keep(module, to_input, of_output):
            grads[name] = pair(to_input[0], of_output[0])

        return register(layer, keep)

    with ExitStack() as hooks:
        for name, layer in layers:
            hooks.enter_context(listen(name, layer))
        loss_fn(model(x)).backward()
    return grads


def _both(sent, got):
    return _copied(sent), _copied(got)


@misconception(
    of="layer_grads",
    says="register_backward_hook gives the gradients of the last operation in a layer. A full "
    "backward hook gives those of the layer.",
)
def listens_the_old_way(model, x, loss_fn):
    register = nn.Module.register_backward_hook
    return _collected(model, x, loss_fn, _layers(model), _both, register)


@misconception(
    of="layer_grads",
    says="Modules with children are in your dict. A layer has none.",
)
def takes_containers_too(model, x, loss_fn):
    return _collected(model, x, loss_fn, list(model.named_modules()), _both)


@misconception(
    of="layer_grads",
    says="Only the direct children of the model are asked. Layers lie deeper too, and a model "
    "without children is a layer.",
)
def takes_children_only(model, x, loss_fn):
    return _collected(model, x, loss_fn, list(model.named_children()), _both)


@misconception(
    of="layer_grads",
    says="The two gradients are the wrong way round: that of the input comes first.",
)
def swaps_the_two(model, x, loss_fn):
    return _collected(
        model, x, loss_fn, _layers(model), lambda sent, got: (_copied(got), _copied(sent))
    )


@misconception(
    of="layer_grads",
    says="The gradient of an input is None where the input needs none, and None has no methods.",
)
def expects_a_gradient(model, x, loss_fn):
    return _collected(
        model, x, loss_fn, _layers(model), lambda sent, got: (sent.detach().clone(), _copied(got))
    )


@misconception(
    of="layer_grads",
    says="A gradient that x was not to have is computed: where the input of a layer needs none, "
    "None stands for it.",
)
def makes_x_require_grad(model, x, loss_fn):
    if not x.requires_grad:
        x = x.detach().requires_grad_()
    return _collected(model, x, loss_fn, _layers(model), _both)


@misconception(
    of="layer_grads",
    says="What the hook is given is also what goes on: one tensor, that several layers are given. "
    "Keep copies.",
)
def keeps_no_copy(model, x, loss_fn):
    return _collected(model, x, loss_fn, _layers(model), lambda sent, got: (sent, got))


@misconception(
    of="layer_grads",
    says=".grad is cleared first. It is the caller's, and backward adds to it.",
)
def clears_the_gradients(model, x, loss_fn):
    model.zero_grad()
    return _collected(model, x, loss_fn, _layers(model), _both)


@misconception(
    of="layer_grads",
    says="A hook on the layer's input tensor sees the gradients of all that was done with the "
    "tensor, not only of this layer.",
)
def listens_to_the_tensors(model, x, loss_fn):
    grads = {}

    def listen(name):
        def keep(module, inputs, output):
            if not output.requires_grad:
                return
            got = []
            output.register_hook(lambda grad: got.append(_copied(grad)))
            if inputs[0].requires_grad:
                inputs[0].register_hook(lambda grad: grads.update({name: (_copied(grad), got[-1])}))
            else:
                output.register_hook(lambda grad: grads.update({name: (None, got[-1])}))

        return keep

    with ExitStack() as hooks:
        for name, layer in _layers(model):
            hooks.enter_context(layer.register_forward_hook(listen(name)))
        loss_fn(model(x)).backward()
    return grads


@misconception(
    of="layer_grads",
    says="The hooks stay on the layers, and listen to every later pass.",
)
def leaves_the_hooks_on(model, x, loss_fn):
    def register(layer, keep):
        layer.register_full_backward_hook(keep)
        return ExitStack()

    return _collected(model, x, loss_fn, _layers(model), _both, register)


@misconception(
    of="layer_grads",
    says="Where something raises, the line that removes the hooks is not reached.",
)
def is_lost_by_an_exception(model, x, loss_fn):
    handles = []

    def register(layer, keep):
        handles.append(layer.register_full_backward_hook(keep))
        return ExitStack()

    grads = _collected(model, x, loss_fn, _layers(model), _both, register)
    for handle in handles:
        handle.remove()
    return grads
