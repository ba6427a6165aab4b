"""Python's numbers."""

import torch


def whole(value):
    if isinstance(value, float):
        if not value.is_integer():
            raise ValueError(f"{value} is not a whole number")
        return int(value)
    return value


def to_input(a):
    return torch.tensor(a.tolist(), dtype=torch.float32).reshape(a.shape)


def to_labels(y):
    if isinstance(y, list):
        return torch.tensor([whole(value) for value in y], dtype=torch.long)
    flat = [whole(value) for value in y.reshape(-1).tolist()]
    return torch.tensor(flat, dtype=torch.long).view(y.shape)
