"""groups ran to its end, but using its result raises KeyError: 'weight_decay'"""


def groups(model, head, base_lr, head_lr, wd):
    own = set(model.get_submodule(head).parameters())
    result = []
    for p in model.parameters():
        group = {"params": [p], "lr": head_lr if p in own else base_lr}
        if p.dim() > 1:
            group["weight_decay"] = wd
        result.append(group)
    return result
