"""After a move, before training or in the middle, the steps go on as if there had been none."""

import torch


def build(model, device, lr):
    model.to(device)
    return torch.optim.Adagrad(model.parameters(), lr=lr)


def optimizer_to(optimizer, device):
    for state in optimizer.state.values():
        for name in ("momentum_buffer", "sum", "square_avg", "grad_avg"):
            if state.get(name) is not None:
                state[name] = state[name].to(device)
