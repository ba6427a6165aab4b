"""The grad mode is switched and put back by hand."""

import torch


def evaluate(model, loader, loss_fn, device):
    training = [m.training for m in model.modules()]
    recording = torch.is_grad_enabled()
    loss = accuracy = 0.0
    n = 0
    try:
        torch.set_grad_enabled(False)
        model.eval()
        for x, y in loader:
            logits = model(x.to(device)).cpu()
            n += len(y)
            loss += (loss_fn(logits, y.cpu()).item() - loss) * len(y) / n
            hits = (logits.softmax(-1).argmax(-1) == y.cpu()).float().mean().item()
            accuracy += (hits - accuracy) * len(y) / n
    finally:
        torch.set_grad_enabled(recording)
        for m, mode in zip(model.modules(), training):
            m.training = mode
    if not n:
        raise ValueError("no batch")
    return loss, accuracy
