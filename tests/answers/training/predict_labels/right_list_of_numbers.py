"""A list of Python numbers, made a tensor at the end."""

import torch
from torch import Tensor


@torch.no_grad()
def predict(model, loader, device) -> Tensor:
    modes = {module: module.training for module in model.modules()}
    numbers: list[int] = []
    try:
        model.eval()
        for batch in loader:
            match batch:
                case Tensor() as x:
                    pass
                case [x, *_]:
                    pass
            numbers.extend(model(x.to(device)).argmax(dim=1).tolist())
    finally:
        for module, mode in modes.items():
            module.training = mode
    return torch.tensor(numbers, dtype=torch.int64)
