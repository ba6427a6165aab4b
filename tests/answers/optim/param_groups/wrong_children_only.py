"""Each parameter is in one group"""


def groups(model, head, base_lr, head_lr, wd):
    part = model.get_submodule(head)
    own = set(part.parameters(recurse=False))
    result = []
    for module in model.children():
        for p in module.parameters(recurse=False):
            lr = head_lr if p in own else base_lr
            result.append({"params": [p], "lr": lr, "weight_decay": wd if p.dim() > 1 else 0.0})
    return result
