"""AttributeError expected, ValueError raised"""


def groups(model, head, base_lr, head_lr, wd):
    modules = dict(model.named_modules())
    if head not in modules:
        raise ValueError(head)
    own = set(modules[head].parameters())
    result = []
    for p in model.parameters():
        lr = head_lr if p in own else base_lr
        result.append({"params": [p], "lr": lr, "weight_decay": wd if p.dim() > 1 else 0.0})
    return result
