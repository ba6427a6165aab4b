"""whatever the name"""


def groups(model, head, base_lr, head_lr, wd):
    own = set(model.get_submodule(head).parameters())
    rest = [p for p in model.parameters() if p not in own]
    return [
        {"params": rest, "lr": base_lr, "weight_decay": wd},
        {"params": list(own), "lr": head_lr, "weight_decay": 0.0},
    ]
