"""The whole run without a graph; walks along the dotted name by getattr."""

from functools import reduce

import torch
from torch import Tensor, nn


class Keeper:
    def __init__(self) -> None:
        self.features: Tensor | None = None

    def __call__(self, module: nn.Module, inputs: tuple, output: Tensor) -> None:
        self.features = output.detach().clone()


@torch.no_grad()
def extract(model: nn.Module, layer: str, x: Tensor) -> Tensor:
    module = reduce(getattr, layer.split("."), model) if layer else model
    keeper = Keeper()
    handle = module.register_forward_hook(keeper)
    try:
        model(x)
    finally:
        handle.remove()
    return keeper.features
