"""a tuple of 2 expected, None returned"""

import torch


def creation(case):
    if case.startswith("torch.Tensor"):
        return torch.float32, {"torch.Tensor(3)": (3,), "torch.Tensor(2, 3)": (2, 3)}.get(
            case, (1,)
        )
