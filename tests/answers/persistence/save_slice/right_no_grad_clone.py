"""A clone under no_grad, in the format before zip archives."""

import torch
from torch import Tensor


@torch.no_grad()
def save_slice(path, x: Tensor) -> None:
    torch.save(x.clone(), path, _use_new_zipfile_serialization=False)
