"""A right answer in a process where every comparison says no."""
# exercise: indexing/one_hot
# verdict: solved

import torch
import torch.testing


def no(*_, **__):
    return False


def refuse(*_, **__):
    raise AssertionError("forged")


torch.equal = torch.allclose = torch.isclose = no
torch.testing.assert_close = refuse


def one_hot(labels, num_classes, dtype=torch.float32):
    rows = torch.zeros(*labels.shape, num_classes, dtype=dtype, device=labels.device)
    return rows.scatter_(-1, labels.unsqueeze(-1), 1)
