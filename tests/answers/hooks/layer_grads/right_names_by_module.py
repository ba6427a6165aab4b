"""One hook for all, which looks up the module's name."""

import copy

import torch
from torch import nn


def layer_grads(model: nn.Module, x: torch.Tensor, loss_fn) -> dict[str, tuple]:
    names = {m: n for n, m in model.named_modules() if next(m.children(), None) is None}
    grads: dict[str, tuple] = {}

    def hook(module, sent, got):
        grads[names[module]] = tuple(copy.deepcopy(each[0]) for each in (sent, got))

    handles = [module.register_full_backward_hook(hook) for module in names]
    try:
        torch.autograd.backward(loss_fn(model(x)))
        return grads
    finally:
        for handle in handles:
            handle.remove()
