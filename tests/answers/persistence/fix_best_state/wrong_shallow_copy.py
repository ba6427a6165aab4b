"""The tensors of a state dict are the model's own"""


def best(model, steps):
    state, lowest = model.state_dict().copy(), float("inf")
    for step in steps:
        loss = step()
        if loss < lowest:
            state, lowest = model.state_dict().copy(), loss
    return state
