"""that of the first layer's input is None"""

from functools import partial

import torch


def layer_grads(model, x, loss_fn):
    grads, handles = {}, []

    def hook(name, module, grad_input, grad_output):
        sent = grad_input[0] if grad_input[0] is not None else torch.zeros_like(grad_output[0])
        grads[name] = sent.detach().clone(), grad_output[0].detach().clone()

    for name, module in model.named_modules():
        if not list(module.children()):
            handles.append(module.register_full_backward_hook(partial(hook, name)))
    try:
        loss_fn(model(x)).backward()
    finally:
        for handle in handles:
            handle.remove()
    return grads
