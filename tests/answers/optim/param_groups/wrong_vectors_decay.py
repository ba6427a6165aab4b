"""weight_decay is wd for two dimensions and more, and else 0"""


def groups(model, head, base_lr, head_lr, wd):
    own = set(model.get_submodule(head).parameters())
    result = []
    for p in model.parameters():
        lr = head_lr if p in own else base_lr
        result.append({"params": [p], "lr": lr, "weight_decay": wd if p.dim() > 0 else 0.0})
    return result
