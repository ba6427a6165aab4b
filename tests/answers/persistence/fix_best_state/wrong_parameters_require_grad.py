"""0.weight: it must not require grad"""


def best(model, steps):
    def now():
        return {k: v.clone() for k, v in model.state_dict(keep_vars=True).items()}

    state, lowest = now(), float("inf")
    for step in steps:
        loss = step()
        if loss < lowest:
            state, lowest = now(), loss
    return state
