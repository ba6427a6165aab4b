"""False expected, True returned"""


def groups(model, head, base_lr, head_lr, wd):
    own = set(model.get_submodule(head).parameters())
    model.requires_grad_(True)
    result = []
    for p in model.parameters():
        lr = head_lr if p in own else base_lr
        result.append({"params": [p], "lr": lr, "weight_decay": wd if p.dim() > 1 else 0.0})
    return result
