"""AttributeError expected; nothing was raised

Looks for the head among the names only: one that doesn't exist is no error.
"""

from typing import Any

from torch import nn


def groups(
    model: nn.Module, head: str, base_lr: float, head_lr: float, wd: float
) -> list[dict[str, Any]]:
    head_ids = {
        id(p)
        for name, p in model.named_parameters(remove_duplicate=False)
        if name.startswith(f"{head}.")
    }
    result = []
    for p in model.parameters():
        result.append(
            {
                "params": [p],
                "lr": head_lr if id(p) in head_ids else base_lr,
                "weight_decay": 0.0 if p.ndim < 2 else wd,
            }
        )
    return result
