"""One more buffer, which is not persistent and so not in the state dict."""

import torch
from torch import Tensor, nn


class BatchNorm(nn.Module):
    def __init__(self, channels: int, eps: float = 1e-5, momentum: float = 0.1) -> None:
        super().__init__()
        self.eps = eps
        self.momentum = momentum
        self.weight = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))
        self.register_buffer("epsilon", torch.tensor(eps), persistent=False)
        self.register_buffer("running_mean", torch.zeros(channels))
        self.register_buffer("running_var", torch.ones(channels))
        self.register_buffer("num_batches_tracked", torch.tensor(0))

    def forward(self, x: Tensor) -> Tensor:
        if self.training:
            if x.numel() == x.shape[1]:
                raise ValueError("a channel needs more than one value in training")
            var, mean = torch.var_mean(x, dim=(0, 2, 3), correction=0)
            self._follow(mean, var, x.numel() // x.shape[1])
        else:
            mean, var = self.running_mean, self.running_var
        scale = self.weight / (var + self.eps).sqrt()
        return (x - _beside(mean)) * _beside(scale) + _beside(self.bias)

    @torch.no_grad()
    def _follow(self, mean: Tensor, var: Tensor, count: int) -> None:
        self.running_mean.lerp_(mean, self.momentum)
        self.running_var.lerp_(var * (count / (count - 1)), self.momentum)
        self.num_batches_tracked += 1


def _beside(channels: Tensor) -> Tensor:
    return channels[:, None, None]
