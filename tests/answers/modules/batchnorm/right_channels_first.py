"""Channels first, one row each; copy_ under no_grad; rsqrt."""

import torch
from torch import nn


class BatchNorm(nn.Module):
    def __init__(self, channels, eps=1e-5, momentum=0.1):
        super().__init__()
        self.register_buffer("running_mean", torch.zeros(channels))
        self.register_buffer("running_var", torch.ones(channels))
        self.num_batches_tracked = nn.Buffer(torch.zeros((), dtype=torch.int64))
        self.weight, self.bias = (
            nn.Parameter(torch.full((channels,), value)) for value in (1.0, 0.0)
        )
        self.eps, self.momentum = eps, momentum

    def forward(self, x):
        rows = x.transpose(0, 1).flatten(1)
        if self.training:
            if rows.shape[1] < 2:
                raise ValueError("one value a channel")
            mean, var = rows.mean(1), rows.var(1, unbiased=False)
            with torch.no_grad():
                self.running_mean.mul_(1 - self.momentum).add_(mean, alpha=self.momentum)
                self.running_var.mul_(1 - self.momentum).add_(rows.var(1), alpha=self.momentum)
                self.num_batches_tracked.add_(1)
        else:
            mean, var = self.running_mean, self.running_var
        rows = (rows - mean[:, None]) * (var + self.eps).rsqrt()[:, None]
        rows = rows * self.weight[:, None] + self.bias[:, None]
        return rows.view(x.shape[1], x.shape[0], *x.shape[2:]).transpose(0, 1)
