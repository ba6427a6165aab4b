"""partial gives the hook its name; a list of handles and finally."""

from functools import partial


def layer_grads(model, x, loss_fn):
    found, handles = {}, []

    def hook(name, module, grad_input, grad_output):
        (sent,), (got,) = grad_input, grad_output
        found[name] = (sent.clone().detach() if sent is not None else None, got.clone().detach())

    try:
        for name, module in model.named_modules():
            if len(module._modules) == 0:
                handles.append(module.register_full_backward_hook(partial(hook, name)))
        loss = loss_fn(model(x))
        loss.backward()
    finally:
        for handle in handles:
            handle.remove()
    return found
