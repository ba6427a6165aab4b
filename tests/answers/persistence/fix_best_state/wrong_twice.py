"""Each step is called once and in order"""

import copy


def best(model, steps):
    start = copy.deepcopy(model.state_dict())
    steps = list(steps)
    losses = [step() for step in steps]
    finite = [loss for loss in losses if loss < float("inf")]
    model.load_state_dict(start)
    if not finite:
        return start
    for step in steps[: losses.index(min(finite)) + 1]:
        step()
    return copy.deepcopy(model.state_dict())
