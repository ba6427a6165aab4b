"""wrong dtype"""


def best(model, steps):
    def now():
        return {k: v.half() for k, v in model.state_dict().items()}

    state, lowest = now(), float("inf")
    for step in steps:
        loss = step()
        if loss < lowest:
            state, lowest = now(), loss
    return state
