"""Where the model gives back x itself or a parameter"""

import torch
from torch import Tensor, nn


def frozen(model: nn.Module, x: Tensor) -> Tensor:
    with torch.no_grad():
        return model(x)
