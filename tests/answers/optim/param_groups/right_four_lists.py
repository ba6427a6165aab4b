"""Four lists, by id."""


def groups(model, head, base_lr, head_lr, wd):
    head_ids = {id(p) for p in model.get_submodule(head).parameters()}
    base_decay, base_plain, head_decay, head_plain = [], [], [], []
    for p in model.parameters():
        if id(p) in head_ids:
            (head_decay if p.ndim >= 2 else head_plain).append(p)
        else:
            (base_decay if p.ndim >= 2 else base_plain).append(p)
    return [
        {"params": base_decay, "lr": base_lr, "weight_decay": wd},
        {"params": base_plain, "lr": base_lr, "weight_decay": 0},
        {"params": head_decay, "lr": head_lr, "weight_decay": wd},
        {"params": head_plain, "lr": head_lr, "weight_decay": 0},
    ]
