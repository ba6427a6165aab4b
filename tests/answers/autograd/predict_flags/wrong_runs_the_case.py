"""flags answers without making or using tensors or arrays."""

import torch

CASES = {"same": "t = x", "times": "t = x * 2"}


def flags(case):
    names = {"torch": torch, "x": torch.tensor([1.0, 2.0], requires_grad=True)}
    exec(CASES.get(case, "t = x"), names)
    t = names["t"]
    return t.requires_grad, t.is_leaf, t.is_leaf and t.requires_grad
