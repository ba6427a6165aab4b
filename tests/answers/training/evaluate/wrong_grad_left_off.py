"""the call leaves torch changed: gradient recording"""

import torch


def evaluate(model, loader, loss_fn, device):
    modes = [module.training for module in model.modules()]
    total, right, samples = 0.0, 0, 0
    try:
        model.eval()
        torch.set_grad_enabled(False)
        for x, y in loader:
            x, y = x.to(device), y.to(device)
            scores = model(x)
            total += loss_fn(scores, y).item() * len(y)
            right += (scores.argmax(1) == y).sum().item()
            samples += len(y)
    finally:
        for module, mode in zip(model.modules(), modes):
            module.training = mode
    if not samples:
        raise ValueError
    return total / samples, right / samples
