"""A long short-term memory, step by step.

An LSTM reads a sequence and keeps two tensors between the steps: h, which it shows, and c, its
memory. At each step four gates are computed from the input and from h, and say what happens to c:

    gates = x @ w_ih.T + b_ih + h @ w_hh.T + b_hh          (N, 4 H)
            ├───────┬───────┬───────┬───────┤
              i       f       g       o                     four parts of H, in this order

    i, f, o = sigmoid of their part        between 0 and 1: how much
    g       = tanh of its part             between -1 and 1: what

    c' = f · c + i · g                     forget some of the old, take in some of the new
    h' = o · tanh(c')                      show some of it

Write `cell`, which takes one step, and `run`, which takes one for each time of a sequence.

- x of `run` is (T, N, inputs): time comes first, as in nn.LSTM. The recursion runs over time, and
  each step begins where the one before has ended.
- `out[t]` is h after the step that read `x[t]`. With `reverse=True` the steps are taken from the
  last time to the first, as the backward half of a bidirectional LSTM does. The output stays in the
  order of x: `out[t]` still belongs to `x[t]`, and the last state is that after `x[0]`.
- Gradients reach all arguments, through all steps.

Not allowed: torch's own LSTMs: nn.LSTM, nn.LSTMCell and what they call. The rest of torch is.
"""

import torch
from torch import Tensor


def cell(
    x: Tensor, h: Tensor, c: Tensor, w_ih: Tensor, w_hh: Tensor, b_ih: Tensor, b_hh: Tensor
) -> tuple[Tensor, Tensor]:
    """Take one step.

    Args:
        x: shape (N, inputs), float32 or float64. N may be 0.
        h, c: the state, shape (N, H) each.
        w_ih: shape (4 H, inputs), rows for i, f, g and o.
        w_hh: shape (4 H, H), in the same order.
        b_ih, b_hh: shape (4 H,) each.

    Returns:
        The new h and the new c, shape (N, H) each. All arguments are left as they were.

    >>> zeros = torch.zeros(1, 1)
    >>> bias = torch.tensor([100.0, 100.0, 0.0, 100.0])
    >>> cell(zeros, zeros, zeros + 0.5, torch.zeros(4, 1), torch.zeros(4, 1), bias, bias)
    (tensor([[0.4621]]), tensor([[0.5000]]))
    """
    gates = x @ w_ih.T + b_ih + h @ w_hh.T + b_hh
    i, f, g, o = gates.chunk(4, dim=-1)
    c = f.sigmoid() * c + i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh(), c


def run(
    x: Tensor, state: tuple[Tensor, Tensor], params: tuple[Tensor, ...], reverse: bool = False
) -> tuple[Tensor, tuple[Tensor, Tensor]]:
    """Take a step for each time of a sequence.

    Args:
        x: shape (T, N, inputs), T at least 1.
        state: h and c before the first step, shape (N, H) each.
        params: w_ih, w_hh, b_ih and b_hh, as `cell` takes them.
        reverse: whether the steps go from the last time to the first.

    Returns:
        The output, shape (T, N, H), and the state after the last step, a tuple (h, c) of shape
        (N, H) each.

    >>> params = torch.ones(4, 1), torch.ones(4, 1), torch.zeros(4), torch.zeros(4)
    >>> start = torch.zeros(1, 1), torch.zeros(1, 1)
    >>> out, (h, c) = run(torch.ones(3, 1, 1), start, params)
    >>> out.shape, bool((out[-1] == h).all())
    (torch.Size([3, 1, 1]), True)
    """
    h, c = state
    steps = []
    for now in x.flip(0) if reverse else x:
        h, c = cell(now, h, c, *params)
        steps.append(h)
    out = torch.stack(steps)
    return (out.flip(0) if reverse else out), (h, c)


HINTS = (
    "The four parts of the gates lie side by side in the last dimension: chunk(4, -1) takes them "
    "apart, in the order i, f, g, o.",
    "In cell, follow the lines of the picture. Which of the four goes through tanh, and what goes "
    "through tanh a second time?",
    "In run, keep h and c in two names that each step replaces, and append each h to a list. "
    "torch.stack makes a tensor of it.",
    "x.flip(0) turns the times round. What must then be turned back, and what not?",
)

TAKE_ALONG = (
    "An LSTM is a loop over time. Its gates are i, f, g, o in torch, and its state is two tensors. "
    "The backward half reads from the end, and its last state belongs to the first time."
)
