"""Collects triples, and goes over them afterwards; train() from the outside to the inside."""

import torch


def evaluate(model, loader, loss_fn, device):
    before = {name: module.training for name, module in model.named_modules()}
    try:
        model.eval()
        triples = list(_triples(model, loader, loss_fn, device))
    finally:
        for name, module in model.named_modules():
            module.train(before[name])
    if len(triples) == 0:
        raise ValueError("no samples")
    n = sum(size for _, _, size in triples)
    loss = sum(loss * size for loss, _, size in triples) / n
    return loss, sum(hits for _, hits, _ in triples) / n


@torch.no_grad()
def _triples(model, loader, loss_fn, device):
    for x, y in loader:
        x, y = x.to(device), y.to(device)
        scores = model(x)
        yield float(loss_fn(scores, y)), int((scores.topk(1).indices[:, 0] == y).sum()), len(x)
