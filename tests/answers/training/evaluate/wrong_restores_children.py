"""modes"""

import torch


def evaluate(model, loader, loss_fn, device):
    before = model.training
    children = {child: child.training for child in model.children()}
    model.eval()
    total, right, count = 0.0, 0, 0
    try:
        with torch.no_grad():
            for x, y in loader:
                x, y = x.to(device), y.to(device)
                scores = model(x)
                total += loss_fn(scores, y).item() * len(y)
                right += (scores.argmax(1) == y).sum().item()
                count += len(y)
    finally:
        model.training = before
        for child, mode in children.items():
            child.train(mode)  # the mistake: all within it as well
    if count == 0:
        raise ValueError("no batch came")
    return total / count, right / count
