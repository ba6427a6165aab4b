"""effects answers without making or using tensors."""

import torch
from torch import nn


def effects(training, grad):
    net = nn.Sequential(nn.Dropout(0.5), nn.BatchNorm1d(8)).train(training)
    before = net[1].running_mean.clone()
    with torch.set_grad_enabled(grad):
        out = net(torch.rand(64, 8) + 1)
    moved = not torch.equal(before, net[1].running_mean)
    return moved, moved, out.requires_grad
