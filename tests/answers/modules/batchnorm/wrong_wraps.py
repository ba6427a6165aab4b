"""calls F.batch_norm"""

from torch import nn


class BatchNorm(nn.BatchNorm2d):
    def __init__(self, channels, eps=1e-5, momentum=0.1):
        super().__init__(channels, eps, momentum)

    def forward(self, x):
        if self.training and x.numel() == x.shape[1]:
            raise ValueError
        return super().forward(x)
