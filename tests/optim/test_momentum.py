"""Properties and misconceptions of optim/momentum."""

import torch
from torch.optim.sgd import sgd

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

WRITABLE = [layout for layout in st.LAYOUTS if layout != "expanded"]

RATES = (0.5, 0.1, 1.0)

DAMPED = st.sampled_from(
    ({"momentum": 0.5, "dampening": 0.75}, {"momentum": 0.75, "dampening": 0.25})
)
SETTINGS = st.sampled_from(
    (
        {"momentum": 0.5},
        {"momentum": 0.5, "dampening": 0.75},
        {"momentum": 0.75, "dampening": 0.25},
        {"momentum": 0.5, "nesterov": True},
    )
)


@st.composite
def runs(draw, min_steps=1, max_steps=4, may_lack_grads=False, min_side=0):
    """Parameters, the gradients of all of them at each step, and how the optimizer is set."""
    shapes = draw(st.lists(st.shapes(0, 2, min_side=min_side), min_size=1, max_size=2))
    kinds = [(each, draw(st.dtypes())) for each in shapes]
    params = [st.tensors(*each, layouts=WRITABLE, requires_grad=True) for each in kinds]
    grads = [st.tensors(*each, layouts=WRITABLE) for each in kinds]
    if may_lack_grads:
        grads = [st.one_of(st.none(), grad) for grad in grads]
    steps = st.lists(st.tuples(*grads), min_size=min_steps, max_size=max_steps)
    return {"params": draw(st.tuples(*params)), "steps": draw(steps), "settings": draw(SETTINGS)}


@st.composite
def moving_runs(draw):
    """Runs of one step that changes every parameter: none is empty, and no gradient is 0."""
    run = draw(runs(max_steps=1, min_side=1))
    [grads] = run["steps"]
    return {**run, "steps": [tuple(torch.where(grad == 0, 2, grad) for grad in grads)]}


@st.composite
def late_runs(draw):
    """Damped runs in which no parameter has a gradient before the second step."""
    run = draw(runs(min_steps=3, max_steps=4, min_side=1))
    steps = [tuple(torch.where(grad == 0, 2, grad) for grad in grads) for grads in run["steps"]]
    steps[0] = (None,) * len(run["params"])
    return {**run, "steps": steps, "settings": draw(DAMPED)}


def give(params, grads):
    for param, grad in zip(params, grads, strict=True):
        param.grad = grad


def copies(params):
    return [param.detach().clone() for param in params]


def copies_of_steps(steps):
    return [[None if grad is None else grad.clone() for grad in grads] for grads in steps]


def expected(start, steps, settings, rates):
    """Where torch's own SGD ends that starts from `start`."""
    values = copies(start)
    buffers = [None] * len(values)
    for grads, lr in zip(steps, rates, strict=True):
        moved = [number for number, grad in enumerate(grads) if grad is not None]
        kept = [buffers[number] for number in moved]
        sgd(
            [values[number] for number in moved],
            [grads[number] for number in moved],
            kept,
            foreach=False,
            lr=lr,
            weight_decay=0,
            maximize=False,
            **{"dampening": 0, "nesterov": False, **settings},
        )
        for number, buffer in zip(moved, kept, strict=True):
            buffers[number] = buffer
    return values


@forall(moving_runs(), lr=st.sampled_from(RATES), examples=16)
def test_first_step(impl, params, steps, settings, lr):
    """The first step follows the whole gradient, without dampening, and writes in place."""
    start, given = copies(params), copies_of_steps(steps)
    views = [param.detach() for param in params]
    versions = [param._version for param in params]
    optimizer = impl.Momentum(params, lr, **settings)
    give(params, *steps)
    returned = optimizer.step()
    assert_same(copies(params), expected(start, given, settings, [lr]))
    assert all(param._version > old for param, old in zip(params, versions, strict=True)), (
        "The values are right, but p._version is not higher than before: the write was hidden."
    )
    kept = [param.grad is grad for param, grad in zip(params, *steps, strict=True)]
    assert all(kept), (
        "The values are right, but p.grad is another tensor than before: leave .grad alone."
    )
    assert_same(views, copies(params))
    return returned, views, [param.is_leaf for param in params], kept


@forall(runs(min_steps=2), lr=st.sampled_from(RATES), listed=st.booleans(), examples=16)
def test_steps_as_torch_does(impl, params, steps, settings, lr, listed):
    """Several steps end where torch.optim.SGD ends, also where params is a generator."""
    start, given = copies(params), copies_of_steps(steps)
    held = list(params) if listed else (param for param in params)
    optimizer = impl.Momentum(params=held, lr=lr, **settings)
    for grads in steps:
        give(params, grads)
        optimizer.step()
    assert_same(copies(params), expected(start, given, settings, [lr] * len(steps)))
    return copies(params)


@forall(runs(min_steps=3), rates=st.permutations(RATES), examples=16)
def test_the_rate_can_change(impl, params, steps, settings, rates):
    """A learning rate that is set between two steps holds from the next step on."""
    rates = [*rates, rates[0]][: len(steps)]
    start, given = copies(params), copies_of_steps(steps)
    optimizer = impl.Momentum(list(params), rates[0], **settings)
    for grads, lr in zip(steps, rates, strict=True):
        optimizer.lr = lr
        give(params, grads)
        optimizer.step()
    assert_same(copies(params), expected(start, given, settings, rates))
    return copies(params)


@forall(
    runs(min_steps=3, max_steps=5, may_lack_grads=True),
    lr=st.sampled_from(RATES),
    strata={"the first gradients come late": late_runs()},
)
def test_passes_over_what_has_no_gradient(impl, params, steps, settings, lr):
    """A parameter whose .grad is None stays, with its buffer; its first gradient may come late."""
    start, given = copies(params), copies_of_steps(steps)
    optimizer = impl.Momentum(list(params), lr, **settings)
    for grads in steps:
        give(params, grads)
        optimizer.step()
    assert_same(copies(params), expected(start, given, settings, [lr] * len(steps)))
    return copies(params)


@forall(runs(min_steps=2), lr=st.sampled_from(RATES), examples=16)
def test_the_memory_of_grad_may_be_used_again(impl, params, steps, settings, lr):
    """The gradients of all steps may come in the same memory, which the optimizer leaves alone."""
    start, given = copies(params), copies_of_steps(steps)
    optimizer = impl.Momentum(list(params), lr, **settings)
    give(params, copies(params))
    for grads in steps:
        for param, grad in zip(params, grads, strict=True):
            param.grad.copy_(grad)
        optimizer.step()
        assert_same([param.grad for param in params], list(grads))
    assert_same(copies(params), expected(start, given, settings, [lr] * len(steps)))
    return copies(params)


@forall(runs(), lr=st.sampled_from(RATES), recording=st.booleans(), examples=8)
def test_leaves_recording_as_it_was(impl, params, steps, settings, lr, recording):
    """Gradient recording, on or off before a step, is the same after it."""
    optimizer = impl.Momentum(list(params), lr, **settings)
    with torch.set_grad_enabled(recording):
        for grads in steps:
            give(params, grads)
            optimizer.step()
        return torch.is_grad_enabled()


class _Answer:
    """What the misconceptions have in common: all of it right but for what each one changes."""

    def __init__(self, params, lr, momentum, dampening=0, nesterov=False):
        self.params = list(params)
        self.lr, self.momentum = lr, momentum
        self.dampening, self.nesterov = dampening, nesterov
        self.buffers = [None] * len(self.params)

    @torch.no_grad()
    def step(self):
        for number, param in enumerate(self.params):
            if param.grad is not None:
                self.buffers[number] = self.updated(self.buffers[number], param.grad)
                param -= self.lr * self.direction(self.buffers[number], param.grad)

    def updated(self, buffer, grad):
        if buffer is None:
            return grad.clone()
        return self.momentum * buffer + (1 - self.dampening) * grad

    def direction(self, buffer, grad):
        return grad + self.momentum * buffer if self.nesterov else buffer


@misconception(
    of="Momentum",
    says="The buffer starts from 0, so that the first gradient is damped. It starts as the first "
    "gradient, whole.",
)
class DampsTheFirstGradient(_Answer):
    def updated(self, buffer, grad):
        buffer = torch.zeros_like(grad) if buffer is None else buffer
        return self.momentum * buffer + (1 - self.dampening) * grad


@misconception(
    of="Momentum",
    says="Only the first step of all is taken undamped. A parameter's first gradient may come at a "
    "later step, and it is not damped either.",
)
class CountsTheSteps(_Answer):
    count = 0

    def step(self):
        super().step()
        self.count += 1

    def updated(self, buffer, grad):
        if self.count == 0:
            return grad.clone()
        buffer = torch.zeros_like(grad) if buffer is None else buffer
        return self.momentum * buffer + (1 - self.dampening) * grad


@misconception(
    of="Momentum",
    says="The buffer begins as p.grad itself: what is written to one is written to the other. "
    "Begin with a copy.",
)
class KeepsTheGradient(_Answer):
    def updated(self, buffer, grad):
        if buffer is None:
            return grad
        return buffer.mul_(self.momentum).add_(grad, alpha=1 - self.dampening)


@misconception(
    of="Momentum",
    says="The learning rate is in your buffer, so that gradients from before a change of lr keep "
    "the old one. The buffer adds up gradients, and lr is a factor of the step.",
)
class PutsTheRateIntoTheBuffer(_Answer):
    @torch.no_grad()
    def step(self):
        for number, param in enumerate(self.params):
            if param.grad is not None:
                scaled = self.lr * param.grad
                self.buffers[number] = self.updated(self.buffers[number], scaled)
                param -= self.direction(self.buffers[number], scaled)


@misconception(
    of="Momentum",
    says="1 - momentum is the factor of a running average, as Adam has it. Here a later gradient "
    "counts 1 - dampening.",
)
class TakesTheAverage(_Answer):
    def updated(self, buffer, grad):
        if buffer is None:
            return grad.clone()
        return self.momentum * buffer + (1 - self.momentum) * grad


@misconception(
    of="Momentum",
    says="dampening is never used.",
)
class IgnoresDampening(_Answer):
    def updated(self, buffer, grad):
        return grad.clone() if buffer is None else self.momentum * buffer + grad


@misconception(
    of="Momentum",
    says="nesterov is never used, or its step takes the old buffer, which comes to the same as the "
    "plain step.",
)
class IgnoresNesterov(_Answer):
    def direction(self, buffer, grad):
        return buffer


@misconception(
    of="Momentum",
    says="With nesterov the step follows momentum times the buffer and the gradient. Yours leaves "
    "the gradient out.",
)
class LooksAheadWithoutTheGradient(_Answer):
    def direction(self, buffer, grad):
        return self.momentum * buffer if self.nesterov else buffer


@misconception(
    of="Momentum",
    says="With nesterov the sum is written into .grad. It is the caller's: make a new tensor.",
)
class AddsToTheGradient(_Answer):
    def direction(self, buffer, grad):
        return grad.add_(buffer, alpha=self.momentum) if self.nesterov else buffer


@misconception(
    of="Momentum",
    says="A parameter that took no part in the loss has .grad None. Pass over it.",
)
class ExpectsGradients(_Answer):
    @torch.no_grad()
    def step(self):
        for number, param in enumerate(self.params):
            self.buffers[number] = self.updated(self.buffers[number], param.grad)
            param -= self.lr * self.direction(self.buffers[number], param.grad)


@misconception(
    of="Momentum",
    says="Where .grad is None you take it for 0, and the parameter rolls on. No gradient means "
    "that neither the parameter nor its buffer changes.",
)
class TakesNoneForZero(_Answer):
    @torch.no_grad()
    def step(self):
        for number, param in enumerate(self.params):
            grad = torch.zeros_like(param) if param.grad is None else param.grad
            self.buffers[number] = self.updated(self.buffers[number], grad)
            param -= self.lr * self.direction(self.buffers[number], grad)


@misconception(
    of="Momentum",
    says="Where .grad is None you drop the buffer. It is to be there when a gradient comes again.",
)
class ForgetsTheBuffer(_Answer):
    def step(self):
        super().step()
        for number, param in enumerate(self.params):
            if param.grad is None:
                self.buffers[number] = None


@misconception(
    of="Momentum",
    says="A generator is used up after one walk: the second step finds no parameters. Make a list "
    "of them first.",
)
class KeepsTheGenerator(_Answer):
    def __init__(self, params, lr, momentum, dampening=0, nesterov=False):
        super().__init__((), lr, momentum, dampening, nesterov)
        self.params = params
        self.by_param = {}

    @torch.no_grad()
    def step(self):
        for param in self.params:
            if param.grad is not None:
                buffer = self.updated(self.by_param.get(param), param.grad)
                self.by_param[param] = buffer
                param -= self.lr * self.direction(buffer, param.grad)


@misconception(
    of="Momentum",
    says="The learning rate is the one that the optimizer was made with. Read the attribute lr at "
    "each step.",
)
class KeepsTheFirstRate(_Answer):
    def __init__(self, params, lr, momentum, dampening=0, nesterov=False):
        super().__init__(params, lr, momentum, dampening, nesterov)
        self.first_rate = lr

    def step(self):
        self.lr = self.first_rate
        super().step()


@misconception(
    of="Momentum",
    says="A write through .data is hidden from autograd: p._version stays. Write to the parameter "
    "itself, under no_grad.",
)
class WritesThroughData(_Answer):
    def step(self):
        for number, param in enumerate(self.params):
            if param.grad is not None:
                self.buffers[number] = self.updated(self.buffers[number], param.grad)
                param.data -= self.lr * self.direction(self.buffers[number], param.grad)
