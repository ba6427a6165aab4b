"""reduce for the product; reshape; clamp for the ReLU."""

from functools import reduce
from operator import mul

import torch.nn.functional as F
from torch import nn


def num_flat_features(x):
    return reduce(mul, x.shape[1:], 1)


class LeNet(nn.Module):
    def __init__(self):
        super().__init__()
        for name, layer in {
            "conv1": nn.Conv2d(1, 6, 5),
            "conv2": nn.Conv2d(6, 16, 5),
            "fc1": nn.Linear(400, 120),
            "fc2": nn.Linear(120, 84),
            "fc3": nn.Linear(84, 10),
        }.items():
            self.add_module(name, layer)

    def forward(self, x):
        h = F.max_pool2d(self.conv1(x).clamp(min=0), 2)
        h = F.max_pool2d(self.conv2(h).clamp(min=0), 2)
        h = h.reshape(h.shape[0], num_flat_features(h))
        return self.fc3(self.fc2(self.fc1(h).clamp(min=0)).clamp(min=0))
