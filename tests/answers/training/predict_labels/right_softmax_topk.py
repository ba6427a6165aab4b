"""Probabilities and topk, which are not needed, and vstack of columns."""

import torch


def predict(model, loader, device):
    before = [m.training for m in model.modules()]
    columns = []
    try:
        model.train(False)
        with torch.set_grad_enabled(False):
            for batch in loader:
                x = batch if torch.is_tensor(batch) else next(iter(batch))
                probabilities = torch.softmax(model(x.to(device)), 1)
                columns.append(probabilities.topk(1, dim=1).indices.cpu())
    finally:
        for m, training in zip(model.modules(), before):
            m.training = training
    if not columns:
        return torch.empty((0,), dtype=torch.long)
    return torch.vstack(columns)[:, 0]
