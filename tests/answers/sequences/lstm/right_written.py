"""Writes into an empty output; split; a recursion for the reverse."""

import torch


def cell(x, h, c, w_ih, w_hh, b_ih, b_hh):
    gates = torch.cat([x, h], 1) @ torch.cat([w_ih, w_hh], 1).T + (b_ih + b_hh)
    i, f, g, o = gates.split(h.size(1), dim=1)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c


def run(x, state, params, reverse=False):
    if reverse:
        out, last = run(x.flip(0), state, params)
        return out.flip(0), last
    h, c = state
    out = x.new_empty(len(x), *h.shape)
    for t, now in enumerate(x.unbind(0)):
        h, c = cell(now, h, c, *params)
        out[t] = h
    return out, (h, c)
