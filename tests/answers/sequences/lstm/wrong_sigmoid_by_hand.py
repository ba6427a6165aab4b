"""Gradients reach x, h, c and all parameters of one step."""

import torch
from torch import Tensor


def _sigmoid(z: Tensor) -> Tensor:
    return 1 / (1 + torch.exp(-z))


def cell(
    x: Tensor, h: Tensor, c: Tensor, w_ih: Tensor, w_hh: Tensor, b_ih: Tensor, b_hh: Tensor
) -> tuple[Tensor, Tensor]:
    gates = x @ w_ih.T + b_ih + h @ w_hh.T + b_hh
    i, f, g, o = gates.chunk(4, dim=1)
    c = _sigmoid(f) * c + _sigmoid(i) * torch.tanh(g)
    return _sigmoid(o) * torch.tanh(c), c


def run(
    x: Tensor, state: tuple[Tensor, Tensor], params: tuple[Tensor, ...], reverse: bool = False
) -> tuple[Tensor, tuple[Tensor, Tensor]]:
    h, c = state
    steps = list(x.unbind(0))
    outs = []
    for step in reversed(steps) if reverse else steps:
        h, c = cell(step, h, c, *params)
        outs.append(h)
    return torch.stack(outs[::-1] if reverse else outs), (h, c)
