"""Each member is called with what the one before returned, and its hooks run."""

from typing import Any

from torch import nn


class Seq(nn.Module):
    def __init__(self, *modules: nn.Module) -> None:
        super().__init__()
        for module in modules:
            self.add(module)

    def add(self, module: nn.Module) -> None:
        self.add_module(str(len(self)), module)

    def __len__(self) -> int:
        return len(self._modules)

    def __getitem__(self, index: int | slice) -> nn.Module:
        members = list(self._modules.values())
        return Seq(*members[index]) if isinstance(index, slice) else members[index]

    def forward(self, x: Any) -> Any:
        return nn.Sequential(*self._modules.values())(x)
