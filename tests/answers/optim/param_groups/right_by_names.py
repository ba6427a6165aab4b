"""By all names of all parameters, with the dot, and a check of the head."""


def groups(model, head, base_lr, head_lr, wd):
    if head not in dict(model.named_modules()):
        raise AttributeError(f"the model has no {head}")
    of_head = {}
    params = {}
    for name, p in model.named_parameters(remove_duplicate=False):
        params[id(p)] = p
        of_head[id(p)] = of_head.get(id(p), False) or name.startswith(f"{head}.")
    return [
        {
            "params": [p for i, p in params.items() if of_head[i] == flag and (p.dim() < 2) == low],
            "lr": head_lr if flag else base_lr,
            "weight_decay": 0.0 if low else wd,
        }
        for flag in (True, False)
        for low in (True, False)
    ]
