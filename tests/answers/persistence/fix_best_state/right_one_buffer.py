"""One set of tensors, written to at each best step."""

import torch


def best(model, steps):
    state = {k: torch.empty_like(v).copy_(v) for k, v in model.state_dict().items()}
    lowest = None
    for step in steps:
        loss = step()
        if loss != loss or loss == float("inf"):
            continue
        if lowest is None or loss < lowest:
            lowest = loss
            for k, v in model.state_dict().items():
                state[k].copy_(v)
    return state
