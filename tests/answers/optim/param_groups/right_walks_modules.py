"""A walk over the modules, each with its own parameters, and a dict against doubles."""


def _walk(module):
    for p in module._parameters.values():
        if p is not None:
            yield p
    for child in module.children():
        yield from _walk(child)


def groups(model, head, base_lr, head_lr, wd):
    rates = dict.fromkeys(_walk(model), base_lr)
    rates.update(dict.fromkeys(_walk(model.get_submodule(head)), head_lr))
    result = []
    for lr in dict.fromkeys((base_lr, head_lr)):
        for decay in dict.fromkeys((0.0, wd)):
            chosen = [
                p for p, r in rates.items() if r == lr and (wd if p.dim() > 1 else 0) == decay
            ]
            result.append(dict(params=chosen, lr=lr, weight_decay=decay))
    return result
