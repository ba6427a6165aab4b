"""VGG has the layers of cfg in features, and three linear layers in classifier."""

import torch
from torch import Tensor, nn


def make_layers(
    cfg: list[int | str], in_channels: int = 3, batch_norm: bool = False
) -> nn.Sequential:
    layers = []
    for v in cfg:
        if v == "M":
            layers.append(nn.MaxPool2d(2))
        else:
            layers.append(nn.Conv2d(in_channels, v, 3, padding=1))
            if batch_norm:
                layers.append(nn.BatchNorm2d(v))
            layers.append(nn.ReLU())
            in_channels = v
    return nn.Sequential(*layers)


class VGG(nn.Module):
    def __init__(
        self,
        cfg: list[int | str],
        num_classes: int = 1000,
        hidden: int = 4096,
        batch_norm: bool = False,
    ) -> None:
        super().__init__()
        self.features = make_layers(cfg, 3, batch_norm)
        self.avgpool = nn.AdaptiveAvgPool2d(7)
        with torch.no_grad():
            self.features.eval()
            maps = self.avgpool(self.features(torch.zeros(1, 3, 32, 32)))
            self.features.train()
        self.classifier = nn.Sequential(
            nn.Linear(maps.flatten(1).shape[1], hidden),
            nn.ReLU(),
            nn.Dropout(),
            nn.Linear(hidden, hidden),
            nn.ReLU(),
            nn.Dropout(),
            nn.Linear(hidden, num_classes),
        )

    def forward(self, x: Tensor) -> Tensor:
        return self.classifier(self.avgpool(self.features(x)).flatten(1))
