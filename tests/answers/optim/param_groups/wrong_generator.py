"""What stands under "params" is not a list"""


def groups(model, head, base_lr, head_lr, wd):
    own = set(model.get_submodule(head).parameters())
    return [
        {
            "params": (
                p for p in list(model.parameters()) if (p in own, p.dim() > 1) == (mine, high)
            ),
            "lr": head_lr if mine else base_lr,
            "weight_decay": wd if high else 0.0,
        }
        for mine in (True, False)
        for high in (True, False)
    ]
