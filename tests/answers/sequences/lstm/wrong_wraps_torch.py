"""doing without"""

import torch


def cell(x, h, c, w_ih, w_hh, b_ih, b_hh):
    return torch.lstm_cell(x, (h, c), w_ih, w_hh, b_ih, b_hh)


def run(x, state, params, reverse=False):
    h, c = state
    out = []
    for now in x.flip(0) if reverse else x:
        h, c = cell(now, h, c, *params)
        out.append(h)
    out = torch.stack(out)
    return out.flip(0) if reverse else out, (h, c)
