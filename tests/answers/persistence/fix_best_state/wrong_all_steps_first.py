"""best returns the state from right after the step with the lowest loss."""

import copy


def best(model, steps):
    state = copy.deepcopy(model.state_dict())
    losses = [step() for step in steps]
    finite = [loss for loss in losses if loss < float("inf")]
    if not finite:
        return state
    return copy.deepcopy(model.state_dict())
