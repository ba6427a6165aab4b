"""A copy of the whole model, and its state dict at the end."""

from copy import deepcopy
from math import isfinite


def best(model, steps):
    kept, losses = deepcopy(model), []
    for step in steps:
        loss = step()
        if isfinite(loss) and all(loss < other for other in losses):
            kept = deepcopy(model)
        if isfinite(loss):
            losses.append(loss)
    return {**kept.state_dict()}
