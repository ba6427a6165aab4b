"""Properties and misconceptions of sequences/lstm."""

import torch
import torch.nn.functional as F
from torch import nn

from torchkata import strategies as st
from torchkata.properties import assert_same, forall, misconception

BANNED = [torch.lstm, torch.lstm_cell]
BATCHES = st.sampled_from((2, 1, 0))
NAMES = ("w_ih", "w_hh", "b_ih", "b_hh")


@st.composite
def sequences(draw, times=(3, 2, 1), dtype=None):
    """A sequence, a state to begin with, and parameters. Hidden and input sizes may differ."""
    inputs, hidden = draw(st.sampled_from(((3, 2), (2, 3), (2, 5), (1, 1))))
    time, batch = draw(st.sampled_from(times)), draw(BATCHES)
    kind = dtype or draw(st.dtypes())
    one = st.tensors((batch, hidden), kind)
    shapes = ((4 * hidden, inputs), (4 * hidden, hidden), (4 * hidden,), (4 * hidden,))
    return {
        "x": draw(st.tensors((time, batch, inputs), kind)),
        "state": (draw(one), draw(one)),
        "params": tuple(draw(st.tensors(shape, kind)) for shape in shapes),
    }


@st.composite
def closed_gates(draw):
    """A sequence whose first gates are shut: what they are made of is far below 0."""
    drawn = draw(sequences(times=(2,), dtype=torch.float64))
    w_ih, w_hh, b_ih, b_hh = drawn["params"]
    return {**drawn, "params": (w_ih, w_hh, b_ih.index_fill(0, torch.tensor([0]), -1000.0), b_hh)}


def torchs_cell(x, state, params):
    """One step of nn.LSTMCell, on the CPU."""
    model = nn.LSTMCell(x.shape[-1], state[0].shape[-1], dtype=x.dtype)
    model.load_state_dict(dict(zip(model.state_dict(), params, strict=True)))
    return tuple(each.detach().to(x.device) for each in model(x.cpu(), [s.cpu() for s in state]))


def torchs_run(x, state, params, reverse):
    """All steps of nn.LSTM, on the CPU."""
    model = nn.LSTM(x.shape[-1], state[0].shape[-1], dtype=x.dtype)
    model.load_state_dict(dict(zip(model.state_dict(), params, strict=True)))
    x = x.cpu().flip(0) if reverse else x.cpu()
    out, last = model(x, tuple(each.cpu()[None] for each in state))
    out = out.flip(0) if reverse else out
    return out.detach().to(state[0].device), tuple(s[0].detach().to(state[0].device) for s in last)


def leaves(tensors):
    return [each.detach().clone().requires_grad_() for each in tensors]


@forall(sequences(times=(1,)), ban=BANNED)
def test_cell_takes_one_step(impl, x, state, params):
    """cell gives the new h and the new c, as nn.LSTMCell does."""
    result = impl.cell(x[0], *state, *params)
    assert_same(result, torchs_cell(x[0], state, params))
    return result


@forall(sequences(), ban=BANNED, strata={"several times": sequences(times=(3,))})
def test_run_takes_a_step_for_each_time(impl, x, state, params):
    """run gives h after each time, and the last state, as nn.LSTM does."""
    result = impl.run(x, state, params)
    assert_same(result, torchs_run(x, state, params, False))
    return result


@forall(sequences(times=(3, 2)), ban=BANNED)
def test_run_goes_backwards(impl, x, state, params):
    """With reverse=True the last time comes first, and out[t] still belongs to x[t]."""
    result = impl.run(x=x, state=state, params=params, reverse=True)
    assert_same(result, torchs_run(x, state, params, True))
    return result


@forall(
    sequences(times=(2,), dtype=torch.float64),
    strata={"gates that are shut": closed_gates()},
    examples=8,
)
def test_cell_gives_gradients(impl, x, state, params):
    """Gradients reach x, h, c and all parameters of one step."""
    given = leaves((x[0], *state, *params))
    h, c = impl.cell(*given)
    return torch.autograd.grad((h.square() + 2 * c).sum(), given)


@forall(sequences(times=(3, 2), dtype=torch.float64), reverse=st.booleans(), examples=10)
def test_run_gives_gradients(impl, x, state, params, reverse):
    """Gradients reach the sequence, the state and all parameters, through all steps."""
    given = leaves((x, *state, *params))
    out, (h, c) = impl.run(given[0], tuple(given[1:3]), tuple(given[3:]), reverse)
    return torch.autograd.grad(out.square().sum() + 2 * h.sum() + 3 * c.sum(), given)


def step(x, h, c, w_ih, w_hh, b_ih, b_hh, order="ifgo"):
    """Right, where the four parts are those named by `order`."""
    parts = (F.linear(x, w_ih, b_ih) + F.linear(h, w_hh, b_hh)).chunk(4, -1)
    named = dict(zip(order, parts, strict=True))
    i, f, o = (torch.sigmoid(named[name]) for name in "ifo")
    c = f * c + i * torch.tanh(named["g"])
    return o * torch.tanh(c), c


def steps(x, state, params, reverse=False, back=True):
    """Right, where the output is turned back after a run backwards."""
    (h, c), out = state, []
    for now in x.flip(0) if reverse else x:
        h, c = step(now, h, c, *params)
        out.append(h)
    return torch.stack(out).flip(0) if reverse and back else torch.stack(out), (h, c)


@misconception(
    of="cell",
    says="The first part is the input gate, the second the forget gate; yours are swapped.",
)
def swaps_input_and_forget(x, h, c, w_ih, w_hh, b_ih, b_hh):
    return step(x, h, c, w_ih, w_hh, b_ih, b_hh, order="figo")


@misconception(
    of="cell",
    says="The order is i, f, g, o, as torch has it. Other libraries put the output gate third.",
)
def puts_the_output_gate_third(x, h, c, w_ih, w_hh, b_ih, b_hh):
    return step(x, h, c, w_ih, w_hh, b_ih, b_hh, order="ifog")


@misconception(
    of="cell",
    says="g is what is taken in, and may be negative: its part goes through tanh, not sigmoid.",
)
def takes_the_sigmoid_of_g(x, h, c, w_ih, w_hh, b_ih, b_hh):
    i, f, g, o = torch.sigmoid(F.linear(x, w_ih, b_ih) + F.linear(h, w_hh, b_hh)).chunk(4, -1)
    c = f * c + i * g
    return o * torch.tanh(c), c


@misconception(
    of="cell",
    says="What is shown goes through tanh once more: h is o times tanh of the new c.",
)
def shows_the_bare_memory(x, h, c, w_ih, w_hh, b_ih, b_hh):
    _, new = step(x, h, c, w_ih, w_hh, b_ih, b_hh)
    gates = F.linear(x, w_ih, b_ih) + F.linear(h, w_hh, b_hh)
    return torch.sigmoid(gates.chunk(4, -1)[3]) * new, new


@misconception(
    of="cell",
    says="What is shown is of the new c; yours shows the old one.",
)
def shows_the_old_memory(x, h, c, w_ih, w_hh, b_ih, b_hh):
    _, new = step(x, h, c, w_ih, w_hh, b_ih, b_hh)
    gates = F.linear(x, w_ih, b_ih) + F.linear(h, w_hh, b_hh)
    return torch.sigmoid(gates.chunk(4, -1)[3]) * torch.tanh(c), new


@misconception(
    of="cell",
    says="There are two biases, and both are added.",
)
def adds_one_bias(x, h, c, w_ih, w_hh, b_ih, b_hh):
    return step(x, h, c, w_ih, w_hh, b_ih, torch.zeros_like(b_hh))


@misconception(
    of="cell",
    says="The new h comes first, then the new c.",
)
def returns_c_first(x, h, c, w_ih, w_hh, b_ih, b_hh):
    return step(x, h, c, w_ih, w_hh, b_ih, b_hh)[::-1]


@misconception(
    of="run",
    says="The argument reverse is never used.",
)
def never_goes_backwards(x, state, params, reverse=False):
    return steps(x, state, params)


@misconception(
    of="run",
    says="The steps go backwards, and the output must be turned back: out[t] belongs to x[t].",
)
def leaves_the_output_reversed(x, state, params, reverse=False):
    return steps(x, state, params, reverse, back=False)


@misconception(
    of="run",
    says="Turning the output round is not enough: the steps themselves begin at the last time.",
)
def turns_the_output_only(x, state, params, reverse=False):
    out, last = steps(x, state, params)
    return out.flip(0) if reverse else out, last


@misconception(
    of="run",
    says="Each step begins with the state that the one before has left. Yours all begin anew.",
)
def begins_each_step_anew(x, state, params, reverse=False):
    results = [step(now, *state, *params) for now in x]
    return torch.stack([h for h, _ in results]), results[0 if reverse else -1]


@misconception(
    of="run",
    says="The state handed in is where the first step begins; yours begins with zeros.",
)
def begins_with_zeros(x, state, params, reverse=False):
    return steps(x, tuple(torch.zeros_like(each) for each in state), params, reverse)


@misconception(
    of="run",
    says="The gradient goes back through all steps. Yours is cut off between them.",
)
def detaches_between_steps(x, state, params, reverse=False):
    (h, c), out = state, []
    for now in x.flip(0) if reverse else x:
        h, c = step(now, h, c, *params)
        out.append(h)
        h, c = h.detach(), c.detach()
    return torch.stack(out).flip(0) if reverse else torch.stack(out), (h, c)


@misconception(
    of="run",
    says="Time is the first dimension of x, and the batch the second: yours takes its steps along "
    "the batch.",
)
def steps_along_the_batch(x, state, params, reverse=False):
    return steps(x.transpose(0, 1), state, params, reverse)
