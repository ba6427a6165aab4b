"""std_mean, permuted to channels last, a helper for the buffers."""

import torch
from torch import nn


class BatchNorm(nn.Module):
    def __init__(self, channels: int, eps: float = 1e-5, momentum: float = 0.1):
        super().__init__()
        self.channels = channels
        self.eps = eps
        self.momentum = momentum
        self.weight = nn.Parameter(torch.empty(channels))
        self.bias = nn.Parameter(torch.empty(channels))
        self.register_buffer("num_batches_tracked", torch.tensor(0))
        self.register_buffer("running_var", torch.ones(channels))
        self.register_buffer("running_mean", torch.zeros(channels))
        nn.init.ones_(self.weight)
        nn.init.zeros_(self.bias)

    def _update(self, name, value):
        old = getattr(self, name)
        old.copy_(old + self.momentum * (value.detach() - old))

    def forward(self, x):
        last = x.permute(0, 2, 3, 1)
        mean, std = self.running_mean, (self.running_var + self.eps).sqrt()
        if self.training:
            if last.numel() // self.channels == 1:
                raise ValueError("need two values")
            var, mean = torch.var_mean(last, dim=(0, 1, 2), unbiased=False)
            std = (var + self.eps).sqrt()
            self._update("running_mean", mean)
            self._update("running_var", last.var(dim=(0, 1, 2)))
            self.num_batches_tracked += 1
        return ((last - mean) / std * self.weight + self.bias).permute(0, 3, 1, 2)
