"""getattr step by step; identity by is; no empty groups."""

from functools import reduce
from itertools import groupby


def groups(model, head, base_lr, head_lr, wd):
    own = list(reduce(getattr, head.split("."), model).parameters())

    def key(p):
        return (head_lr if any(p is q for q in own) else base_lr, wd if p.dim() >= 2 else 0.0)

    ordered = sorted(model.parameters(), key=key)
    return [
        {"params": list(params), "lr": lr, "weight_decay": decay}
        for (lr, decay), params in groupby(ordered, key=key)
    ]
