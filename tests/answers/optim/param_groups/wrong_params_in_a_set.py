"""What stands under "params" is not a list"""


def groups(model, head, base_lr, head_lr, wd):
    own = set(model.get_submodule(head).parameters())
    rest = set(model.parameters()) - own
    return [
        {"params": {p for p in which if (p.dim() > 1) == high}, "lr": lr, "weight_decay": wd * high}
        for which, lr in ((own, head_lr), (rest, base_lr))
        for high in (True, False)
    ]
