"""For each layer it gives the gradient of its input"""


def layer_grads(model, x, loss_fn):
    grads, handles = {}, []
    for name, module in model.named_modules():
        if not list(module.children()):
            handles.append(
                module.register_full_backward_hook(
                    lambda m, i, o: grads.update({name: (i[0], o[0])})
                )
            )
    loss_fn(model(x)).backward()
    for handle in handles:
        handle.remove()
    return grads
