"""A group for each parameter, the head first; names are kept beside."""

from torch import nn


def _settings(p: nn.Parameter, lr: float, wd: float) -> dict:
    return {"params": [p], "lr": lr, "weight_decay": wd * (len(p.shape) > 1)}


def groups(model, head, base_lr, head_lr, wd):
    module = model.get_submodule(head)
    seen = set()
    result = []
    for part, lr in ((module, head_lr), (model, base_lr)):
        for name, p in part.named_parameters():
            if p not in seen:
                seen.add(p)
                result.append({**_settings(p, lr, wd), "name": name})
    return result
