"""Properties and misconceptions of optim/train_step."""

import torch
from torch import nn

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

OPTIMIZERS = {
    "SGD": lambda params: torch.optim.SGD(params, lr=0.125),
    "SGD, momentum": lambda params: torch.optim.SGD(params, lr=0.125, momentum=0.5),
    "SGD, weight decay": lambda params: torch.optim.SGD(params, lr=0.125, weight_decay=0.5),
    "Adam": lambda params: torch.optim.Adam(params, lr=0.5),
}


class Affine(nn.Module):
    def __init__(self, weight, bias):
        super().__init__()
        self.weight = nn.Parameter(weight.clone())
        self.bias = nn.Parameter(bias.clone())

    def forward(self, x):
        return x @ self.weight + self.bias


class ScaledError(nn.Module):
    """A loss with a parameter of its own. Prediction and target can't change places."""

    def __init__(self, scale):
        super().__init__()
        self.scale = nn.Parameter(scale.clone())

    def forward(self, prediction, target):
        return lopsided_error(self.scale * prediction, target)


def lopsided_error(prediction, target):
    return ((prediction - target) ** 2).mean() + prediction.mean()


@st.composite
def problems(draw, batches=1):
    """The parameters of a model, and one or more batches for it."""
    size, inputs, outputs = (draw(st.integers(1, 3)) for _ in range(3))
    dtype = draw(st.dtypes())
    pair = st.tuples(st.tensors((size, inputs), dtype), st.tensors((size, outputs), dtype))
    return {
        "weight": draw(st.tensors((inputs, outputs), dtype)),
        "bias": draw(st.tensors((outputs,), dtype)),
        "batches": draw(st.lists(pair, min_size=min(batches, 2), max_size=batches)),
    }


@st.composite
def overflowing(draw):
    """A batch whose loss is infinite: a step is taken all the same."""
    drawn = draw(problems())
    [(x, y)] = drawn["batches"]
    return {**drawn, "batches": [(x, torch.full(y.shape, torch.inf, dtype=y.dtype))]}


def after_a_step(weight, bias, x, y):
    """The parameters after one step of SGD."""
    model = Affine(weight, bias)
    params = list(model.parameters())
    grads = torch.autograd.grad(lopsided_error(model(x), y), params)
    return [old.detach() - 0.125 * grad for old, grad in zip(params, grads, strict=True)]


def expected_steps(model, loss_fn, optimizer_for, batches):
    """The losses of the steps, and the parameters after them, without any .grad added up."""
    losses, params = [], parameters_of(model, loss_fn)
    optimizer = optimizer_for(params)
    for x, y in batches:
        loss = loss_fn(model(x), y)
        for param, grad in zip(params, torch.autograd.grad(loss, params), strict=True):
            param.grad = grad
        optimizer.step()
        losses.append(loss.item())
    return losses, values(params)


def values(params):
    return [param.detach().clone() for param in params]


def spoil(params):
    for param in params:
        param.grad = torch.full_like(param, 3.0, requires_grad=False)


def with_a_loss_that_learns(weight, bias):
    return Affine(weight, bias), ScaledError(torch.ones_like(bias))


def parameters_of(*parts):
    return [param for part in parts if isinstance(part, nn.Module) for param in part.parameters()]


@forall(
    problems(),
    stale=st.booleans(),
    strata={"an infinite loss": overflowing()},
    examples=16,
)
def test_takes_a_step(impl, weight, bias, batches, stale):
    """The parameters move by this batch's gradient; what .grad held before does not count."""
    [(x, y)] = batches
    model = Affine(weight, bias)
    params = list(model.parameters())
    if stale:
        spoil(params)
    loss = impl.train_step(model, lopsided_error, OPTIMIZERS["SGD"](params), x, y)
    assert_same(values(params), after_a_step(weight, bias, x, y))
    return {"loss": loss, "parameters": values(params)}


@forall(problems(batches=3), optimizer=st.sampled_from(tuple(OPTIMIZERS)), examples=16)
def test_steps_follow_each_other(impl, weight, bias, batches, optimizer):
    """With any optimizer, each step uses its own batch, and gives the loss before that step."""
    model = Affine(weight, bias)
    params = list(model.parameters())
    chosen = OPTIMIZERS[optimizer](params)
    losses = [
        impl.train_step(model=model, loss_fn=lopsided_error, optimizer=chosen, x=x, y=y)
        for x, y in batches
    ]
    theirs = Affine(weight, bias), lopsided_error
    assert_same((losses, values(params)), expected_steps(*theirs, OPTIMIZERS[optimizer], batches))
    return losses, values(params)


@forall(problems(batches=2), stale=st.booleans(), examples=10)
def test_clears_what_the_optimizer_holds(impl, weight, bias, batches, stale):
    """Old gradients of all that the optimizer holds don't count, those of a loss that learns too.

    A parameter without a part in the loss stays, though the optimizer lets weights decay.
    """
    model, loss_fn = with_a_loss_that_learns(weight, bias)
    params = parameters_of(model, loss_fn)
    unused = nn.Parameter(torch.ones_like(bias))
    if stale:
        spoil([*params, unused])
    optimizer = OPTIMIZERS["SGD, weight decay"]([*params, unused])
    losses = [impl.train_step(model, loss_fn, optimizer, x, y) for x, y in batches]
    theirs = with_a_loss_that_learns(weight, bias)
    expected = expected_steps(*theirs, OPTIMIZERS["SGD, weight decay"], batches)
    assert_same((losses, values(params)), expected)
    return losses, values([*params, unused])


@forall(problems(), examples=5)
def test_calls_each_once(impl, weight, bias, batches):
    """The model, its hooks with it, and the loss are called once, and then one step is taken."""
    [(x, y)] = batches
    model = Affine(weight, bias)
    optimizer = OPTIMIZERS["SGD"](model.parameters())
    calls = []
    model.register_forward_hook(lambda *_: calls.append("model"))
    optimizer.register_step_post_hook(lambda *_: calls.append("step"))

    def loss_fn(prediction, target):
        calls.append("loss")
        return lopsided_error(prediction, target)

    impl.train_step(model, loss_fn, optimizer, x, y)
    return calls


@misconception(
    of="train_step",
    says="Nothing clears the gradients: backward adds this batch's to those of every earlier one.",
)
def never_clears(model, loss_fn, optimizer, x, y):
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.item()


@misconception(
    of="train_step",
    says="When the optimizer steps, it finds no gradient: backward has not run since zero_grad, "
    "which throws away what backward computed before.",
)
def clears_before_the_step(model, loss_fn, optimizer, x, y):
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.zero_grad()
    optimizer.step()
    return loss.item()


@misconception(
    of="train_step",
    says="The gradients are cleared at the end only. What the first call finds in .grad, from "
    "anybody's backward, still counts.",
)
def clears_afterwards_only(model, loss_fn, optimizer, x, y):
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    optimizer.zero_grad()
    return loss.item()


@misconception(
    of="train_step",
    says="The optimizer steps before backward has run: it uses the gradients of the batch before.",
)
def steps_before_backward(model, loss_fn, optimizer, x, y):
    loss = loss_fn(model(x), y)
    optimizer.step()
    optimizer.zero_grad()
    loss.backward()
    return loss.item()


@misconception(
    of="train_step",
    says="The loss is measured again after the step. What is asked for is the loss that the "
    "gradients came from, and the model is called once.",
)
def measures_after_the_step(model, loss_fn, optimizer, x, y):
    optimizer.zero_grad()
    loss_fn(model(x), y).backward()
    optimizer.step()
    return loss_fn(model(x), y).item()


@misconception(
    of="train_step",
    says="The model's zero_grad knows the model's parameters. The optimizer may hold others, and "
    "moves them too.",
)
def clears_the_model_only(model, loss_fn, optimizer, x, y):
    model.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.item()


@misconception(
    of="train_step",
    says="The loss is a tensor with a graph behind it, which whoever collects losses keeps alive. "
    "Return a Python number.",
)
def returns_the_tensor(model, loss_fn, optimizer, x, y):
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    return loss


@misconception(
    of="train_step",
    says="A tensor without a graph is a tensor still. Return a Python number.",
)
def returns_a_detached_tensor(model, loss_fn, optimizer, x, y):
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.detach()


@misconception(
    of="train_step",
    says="The prediction comes first and the target second. Where they change places, most losses "
    "mean something else.",
)
def swaps_prediction_and_target(model, loss_fn, optimizer, x, y):
    optimizer.zero_grad()
    loss = loss_fn(y, model(x))
    loss.backward()
    optimizer.step()
    return loss.item()


@misconception(
    of="train_step",
    says="model.forward(x) passes over the model's hooks. Call the model itself.",
)
def calls_forward_itself(model, loss_fn, optimizer, x, y):
    optimizer.zero_grad()
    loss = loss_fn(model.forward(x), y)
    loss.backward()
    optimizer.step()
    return loss.item()


@misconception(
    of="train_step",
    says="backward only fills .grad. It is the optimizer that moves the parameters, when it is "
    "told to.",
)
def forgets_the_step(model, loss_fn, optimizer, x, y):
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    return loss.item()
