"""torch's own tree_map, whose leaves are asked; collate of torch."""

import torch
from torch.utils._pytree import tree_map
from torch.utils.data import default_collate


class Batch:
    def __init__(self, samples):
        self.x, self.y = default_collate(samples)

    def pin_memory(self):
        self.x, self.y = pin([self.x, self.y])
        return self


def pin(obj):
    there = torch.accelerator.is_available()

    def leaf(each):
        if isinstance(each, torch.Tensor):
            return each.pin_memory() if there and each.is_cpu else each
        return each.pin_memory() if hasattr(each, "pin_memory") else each

    return tree_map(leaf, obj)
