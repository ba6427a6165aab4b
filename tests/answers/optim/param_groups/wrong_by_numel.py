"""weight_decay is wd for two dimensions and more, and else 0"""


def groups(model, head, base_lr, head_lr, wd):
    own = set(model.get_submodule(head).parameters())
    result = []
    for p in model.parameters():
        lr = head_lr if p in own else base_lr
        decay = wd if p.numel() > 1 and p.dim() > 1 else 0.0
        result.append({"params": [p], "lr": lr, "weight_decay": decay})
    return result
