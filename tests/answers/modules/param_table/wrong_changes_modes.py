"""The table has each parameter under its first name, in order, and nothing else."""

from torch import nn


def table(m: nn.Module) -> dict[str, int]:
    m.train()
    return {name: param.numel() for name, param in m.named_parameters()}


def count(m: nn.Module, trainable: bool = False) -> int:
    params = m.parameters()
    return sum(param.numel() for param in params if param.requires_grad or not trainable)
