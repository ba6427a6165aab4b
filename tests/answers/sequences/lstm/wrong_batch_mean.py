"""cell gives the new h and the new c, as nn.LSTMCell does."""

import torch


def cell(x, h, c, w_ih, w_hh, b_ih, b_hh):
    gates = x @ w_ih.T + b_ih + h @ w_hh.T + b_hh
    i, f, g, o = gates.chunk(4, -1)
    c = f.sigmoid() * c + i.sigmoid() * g.tanh().mean(0, keepdim=True)
    return o.sigmoid() * c.tanh(), c


def run(x, state, params, reverse=False):
    h, c = state
    out = []
    for now in x.flip(0) if reverse else x:
        h, c = cell(now, h, c, *params)
        out.append(h)
    out = torch.stack(out)
    return out.flip(0) if reverse else out, (h, c)
