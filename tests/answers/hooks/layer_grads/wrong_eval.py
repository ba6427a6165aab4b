"""For each layer it gives the gradient of its input"""

from functools import partial


def layer_grads(model, x, loss_fn):
    grads, handles = {}, []

    def hook(name, module, grad_input, grad_output):
        grads[name] = tuple(
            None if g is None else g.detach().clone() for g in grad_input + grad_output
        )

    model.eval()
    for name, module in model.named_modules():
        if not list(module.children()):
            handles.append(module.register_full_backward_hook(partial(hook, name)))
    try:
        loss_fn(model(x)).backward()
    finally:
        for handle in handles:
            handle.remove()
    return grads
