"""The result holds the place of the largest score of each sample, in order, on the CPU."""

from collections.abc import Iterable

import torch
from torch import Tensor, nn


def predict(model: nn.Module, loader: Iterable, device: torch.device) -> Tensor:
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    parts = []
    try:
        with torch.no_grad():
            for batch in loader:
                x = batch[0] if type(batch) in (tuple, list) else batch
                parts.append(model(x.to(device)).argmax(1).cpu())
    finally:
        for m, mode in modes:
            m.training = mode
    return torch.cat(parts) if parts else torch.empty(0, dtype=torch.int64)
