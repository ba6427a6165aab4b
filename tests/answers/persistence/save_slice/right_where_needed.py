"""Copied only where the storage is larger than needed."""

import torch


def save_slice(path, x):
    x = x.detach()
    if x.untyped_storage().nbytes() != x.numel() * x.element_size():
        x = x.clone(memory_format=torch.contiguous_format)
    with open(path, "wb") as file:
        torch.save(x, file)
