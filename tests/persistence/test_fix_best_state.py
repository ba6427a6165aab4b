"""Properties and misconceptions of persistence/fix_best_state."""

import copy
import math

import torch
from torch import nn

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

NAN, INF = math.nan, math.inf
LOSSES = (0.5, 0.25, 1.5, -2.0, 1e12, NAN, INF)
DECIDING = {
    "the best is followed by others": {"losses": st.just([3.0, 1.0, 2.0])},
    "the first is the best": {"losses": st.just([1.0, 3.0, 2.0])},
    "the last is the best": {"losses": st.just([3.0, 2.0, 1.0])},
    "NaN first": {"losses": st.just([NAN, 2.0, 3.0])},
    "NaN after the best": {"losses": st.just([2.0, NAN, 3.0])},
    "large ones": {"losses": st.just([3e12, 1e12, 2e12])},
}

FOLLOWED = {"the best is followed by others": DECIDING["the best is followed by others"]}


@st.composite
def models(draw, dtype=None):
    """The state of a linear layer with a batch norm after it: a few exact numbers."""
    outputs, inputs = draw(st.sampled_from(((3, 2), (2, 3), (1, 2))))
    kind = draw(st.dtypes()) if dtype is None else dtype
    of = {
        "0.weight": (outputs, inputs),
        "0.bias": (outputs,),
        "1.weight": (outputs,),
        "1.bias": (outputs,),
        "1.running_mean": (outputs,),
        "1.running_var": (outputs,),
    }
    state = {
        name: draw(st.tensors(shape, kind, values="steps", layouts=["contiguous"]))
        for name, shape in of.items()
    }
    state["1.running_var"] = state["1.running_var"].abs() + 1
    return {"state": {**state, "1.num_batches_tracked": torch.tensor(draw(st.integers(0, 3)))}}


def made(state):
    """A model that holds `state`, with its dtype and on its device."""
    outputs, inputs = state["0.weight"].shape
    model = nn.Sequential(nn.Linear(inputs, outputs), nn.BatchNorm1d(outputs))
    model.to(state["0.weight"].device, state["0.weight"].dtype)
    model.load_state_dict(state)
    return model


def add_one(model):
    """Write to all that the model holds, as training does."""
    with torch.no_grad():
        for value in (*model.parameters(), *model.buffers()):
            value.add_(1)


def stepping(model, losses, called):
    """The steps: each adds 1 to all that the model holds, and notes its number."""

    def step(number, loss):
        called.append(number)
        add_one(model)
        return loss

    for number, loss in enumerate(losses):
        yield lambda number=number, loss=loss: step(number, loss)


def after(state, count):
    return {name: value + count for name, value in state.items()}


def steps_to_the_best(losses):
    """How many steps were made when the loss was lowest."""
    finite = [loss for loss in losses if loss < INF]
    return losses.index(min(finite)) + 1 if finite else 0


losses = st.lists(st.sampled_from(LOSSES), min_size=1, max_size=4)


@forall(models(), losses=losses, strata=DECIDING, examples=12)
def test_returns_the_best_state(impl, state, losses):
    """best returns the state from right after the step with the lowest loss."""
    model = made(state)
    kept = impl.best(model, list(stepping(model, losses, [])))
    assert_same(kept, after(state, steps_to_the_best(losses)))
    return kept


@forall(models(), losses=st.sampled_from(([1.0, 0.5, 0.5], [0.5, 0.5, 1.0], [2.0] * 4)), examples=8)
def test_takes_the_first_of_equals(impl, state, losses):
    """Of steps with equal losses the first counts."""
    model = made(state)
    kept = impl.best(model, stepping(model, losses, []))
    assert_same(kept, after(state, steps_to_the_best(losses)))
    return kept


@forall(models(), losses=st.sampled_from(([], [NAN], [INF, NAN], [NAN, INF, INF])), examples=8)
def test_keeps_the_first_state_where_no_loss_counts(impl, state, losses):
    """Without a step, or with NaN and infinity only, the state from before the first step."""
    model = made(state)
    kept = impl.best(model, stepping(model, losses, []))
    assert_same(kept, after(state, 0))
    return kept


@forall(models(), losses=losses, examples=6)
def test_calls_each_step_once(impl, state, losses):
    """Each step is called once and in order; the model is left as the last step left it."""
    model, called = made(state), []
    with torch.no_grad():
        impl.best(model=model, steps=stepping(model, losses, called))
        recording = torch.is_grad_enabled()
    assert_same(
        (called, dict(model.state_dict())), (list(range(len(losses))), after(state, len(losses)))
    )
    return {
        "called": called,
        "recording": recording,
        "state": dict(model.state_dict()),
        "grads": [param.grad for param in model.parameters()],
        "trained": [param.requires_grad for param in model.parameters()],
        "training": [each.training for each in model.modules()],
    }


@forall(models(), losses=losses, strata=FOLLOWED, examples=6)
def test_shares_no_memory_with_the_model(impl, state, losses):
    """Training on changes nothing in the state, and writing to the state nothing in the model."""
    model = made(state)
    kept = impl.best(model, stepping(model, losses, []))
    add_one(model)
    later = {name: value.clone() for name, value in kept.items()}
    for value in kept.values():
        value.fill_(7)
    return later, dict(model.state_dict())


@forall(
    models(torch.float64),
    xs=st.lists(st.tensors((4, 2), torch.float64, layouts=["contiguous"]), min_size=2, max_size=3),
    examples=6,
)
def test_restores_a_model(impl, state, xs):
    """A model that loads the state has the lowest loss again."""
    model = made(state)
    xs = [x.repeat(1, 2)[:, : model[0].in_features] + x.new_tensor(range(4))[:, None] for x in xs]

    def validated(one):
        one.eval()
        with torch.no_grad():
            return one(xs[0]).square().sum().item()

    def step(x):
        model.train()
        grads = torch.autograd.grad(model(x).square().sum(), list(model.parameters()))
        with torch.no_grad():
            for param, grad in zip(model.parameters(), grads, strict=True):
                param.sub_(0.25 * grad)
        return validated(model)

    kept = impl.best(model, [lambda x=x: step(x) for x in xs])
    restored = made(state)
    restored.load_state_dict(kept)
    return kept, validated(restored)


def copied(model):
    return copy.deepcopy(model.state_dict())


@misconception(
    of="best",
    stub=True,
    says="The tensors of a state dict are the model's own: the next step writes to what was kept. "
    "A copy of the dict is not enough, for it holds the same tensors.",
)
def keeps_the_models_own_tensors(model, steps):
    state, lowest = model.state_dict(), math.inf
    for step in steps:
        loss = step()
        if loss < lowest:
            state, lowest = model.state_dict(), loss
    return state


@misconception(
    of="best",
    says="The copy is made after the last step. By then the model's tensors hold the last numbers: "
    "copy when a step turns out to be the best.",
)
def copies_at_the_end(model, steps):
    return copy.deepcopy(keeps_the_models_own_tensors(model, steps))


@misconception(
    of="best",
    says="The best states are copied, and the one to begin with isn't: where no loss counts, what "
    "is returned is the model as it is in the end.",
)
def begins_without_a_copy(model, steps):
    state, lowest = model.state_dict(), math.inf
    for step in steps:
        loss = step()
        if loss < lowest:
            state, lowest = copied(model), loss
    return state


@misconception(
    of="best",
    says="What is kept after a step is made of the model's own tensors, which the next step writes "
    "to. detach() doesn't copy, nor does cpu() on the CPU, nor copy() of the dict.",
)
def copies_the_first_state_alone(model, steps):
    state, lowest = copied(model), math.inf
    for step in steps:
        loss = step()
        if loss < lowest:
            state, lowest = {k: v.detach() for k, v in model.state_dict().items()}, loss
    return state


@misconception(
    of="best",
    says="named_parameters has no buffers: the running statistics of a batch norm are missing.",
)
def forgets_the_buffers(model, steps):
    def parameters():
        return {name: param.detach().clone() for name, param in model.named_parameters()}

    state, lowest = parameters(), math.inf
    for step in steps:
        loss = step()
        if loss < lowest:
            state, lowest = parameters(), loss
    return state


@misconception(
    of="best",
    says="The state is copied before the step, and the loss is that of after it: they belong to "
    "different models.",
)
def copies_before_the_step(model, steps):
    state, lowest = copied(model), math.inf
    for step in steps:
        before = copied(model)
        loss = step()
        if loss < lowest:
            state, lowest = before, loss
    return state


@misconception(
    of="best",
    says="Of equal losses yours takes the last. The first one counts.",
)
def takes_the_last_of_equals(model, steps):
    state, lowest = copied(model), math.inf
    for step in steps:
        loss = step()
        if loss <= lowest and loss < math.inf:
            state, lowest = copied(model), loss
    return state


@misconception(
    of="best",
    says="Every comparison with NaN is False, and so `not loss >= lowest` is True for NaN. It must "
    "never be the lowest.",
)
def lets_nan_win(model, steps):
    state, lowest = copied(model), math.inf
    for step in steps:
        loss = step()
        if not loss >= lowest:
            state, lowest = copied(model), loss
    return state


@misconception(
    of="best",
    says="The highest loss is kept. A score would be best where it is high; a loss is where it is "
    "low.",
)
def takes_the_highest(model, steps):
    state, highest = copied(model), -math.inf
    for step in steps:
        loss = step()
        if highest < loss < math.inf:
            state, highest = copied(model), loss
    return state


@misconception(
    of="best",
    says="The first step's state is kept whatever its loss is: where that is NaN, nothing is lower "
    "than it afterwards.",
)
def trusts_the_first_loss(model, steps):
    state, lowest = copied(model), None
    for step in steps:
        loss = step()
        if lowest is None or loss < lowest:
            state, lowest = copied(model), loss
    return state


@misconception(
    of="best",
    says="Where no loss counts there is still a state to return: the one from before the first "
    "step.",
)
def returns_none_without_a_best(model, steps):
    state, lowest = None, math.inf
    for step in steps:
        loss = step()
        if loss < lowest:
            state, lowest = copied(model), loss
    return state


@misconception(
    of="best",
    says="The model is set back to its best state. It is to stay as the last step left it; who "
    "wants the best state loads it.",
)
def sets_the_model_back(model, steps):
    state, lowest = copied(model), math.inf
    for step in steps:
        loss = step()
        if loss < lowest:
            state, lowest = copied(model), loss
    model.load_state_dict(state)
    return state
