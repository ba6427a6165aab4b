"""A dataclass; buffers by id, lerp-free arithmetic, detached views for the write."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from torch import Tensor


def _blend(buffer: Tensor | None, gradient: Tensor, momentum: float, dampening: float) -> Tensor:
    if buffer is None:
        return gradient + 0
    return buffer * momentum + gradient * (1 - dampening)


@dataclass
class Momentum:
    params: Iterable[Tensor]
    lr: float
    momentum: float
    dampening: float = 0
    nesterov: bool = False
    _buffers: dict[int, Tensor] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.params = tuple(self.params)

    def step(self) -> None:
        for p in self.params:
            if p.grad is None:
                continue
            gradient = p.grad.detach()
            buffer = _blend(self._buffers.get(id(p)), gradient, self.momentum, self.dampening)
            self._buffers[id(p)] = buffer
            target = gradient + buffer * self.momentum if self.nesterov else buffer
            p.detach().sub_(target * self.lr)
