"""nn.Sequential grown by append; the channels found by looking back; functional pooling."""

import itertools

import torch.nn.functional as F
from torch import nn


def make_layers(cfg, in_channels=3, batch_norm=False):
    net = nn.Sequential()
    before = in_channels
    for item in cfg:
        if item == "M":
            net.append(nn.MaxPool2d(2))
        else:
            net.append(nn.Conv2d(before, item, (3, 3), stride=1, padding="same"))
            if batch_norm:
                net.append(nn.BatchNorm2d(item))
            net.append(nn.ReLU())
            before = item
    return net


class VGG(nn.Module):
    def __init__(self, cfg, num_classes=1000, hidden=4096, batch_norm=False):
        super().__init__()
        last = next(item for item in reversed(cfg) if item != "M")
        self.features = make_layers(cfg, 3, batch_norm)
        sizes = [last * 49, hidden, hidden]
        self.classifier = nn.Sequential()
        for a, b in itertools.pairwise(sizes):
            self.classifier.extend([nn.Linear(a, b), nn.ReLU(), nn.Dropout(0.5)])
        self.classifier.append(nn.Linear(hidden, num_classes))

    def forward(self, x):
        x = F.adaptive_avg_pool2d(self.features(x), (7, 7))
        return self.classifier(x.reshape(x.shape[0], -1))
