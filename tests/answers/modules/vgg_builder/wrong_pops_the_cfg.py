"""cfg is not what it must be after the call"""

from torch import nn


def make_layers(cfg, in_channels=3, batch_norm=False):
    layers = []
    while cfg:
        v = cfg.pop(0)
        if v == "M":
            layers.append(nn.MaxPool2d(2, stride=2))
            continue
        layers.append(nn.Conv2d(in_channels, v, 3, padding=1))
        if batch_norm:
            layers.append(nn.BatchNorm2d(v))
        layers.append(nn.ReLU())
        in_channels = v
    return nn.Sequential(*layers)


class VGG(nn.Module):
    def __init__(self, cfg, num_classes=1000, hidden=4096, batch_norm=False):
        super().__init__()
        channels = [v for v in cfg if v != "M"][-1]
        self.features = make_layers(cfg, 3, batch_norm)
        self.pool = nn.AdaptiveAvgPool2d(7)
        self.classifier = nn.Sequential(
            nn.Linear(channels * 49, hidden),
            nn.ReLU(),
            nn.Dropout(),
            nn.Linear(hidden, hidden),
            nn.ReLU(),
            nn.Dropout(),
            nn.Linear(hidden, num_classes),
        )

    def forward(self, x):
        return self.classifier(self.pool(self.features(x)).flatten(1))
