"""A generator of layers; extra attributes without parameters."""

from torch import nn


def _layers(cfg, channels, batch_norm):
    for entry in cfg:
        match entry:
            case "M":
                yield nn.MaxPool2d(2, 2)
            case int():
                yield nn.Conv2d(channels, entry, 3, 1, 1)
                if batch_norm:
                    yield nn.BatchNorm2d(entry)
                yield nn.ReLU()
                channels = entry


def make_layers(cfg, in_channels=3, batch_norm=False):
    return nn.Sequential(*_layers(cfg, in_channels, batch_norm))


class VGG(nn.Module):
    def __init__(self, cfg, num_classes=1000, hidden=4096, batch_norm=False):
        super().__init__()
        self.cfg = list(cfg)
        numbers = [n for n in cfg if isinstance(n, int)]
        self.features = nn.Sequential(*_layers(cfg, 3, batch_norm))
        self.flat = nn.Sequential(nn.AdaptiveAvgPool2d(7), nn.Flatten())
        self.classifier = nn.Sequential(
            *[nn.Linear(numbers[-1] * 7**2, hidden), nn.ReLU(), nn.Dropout()],
            *[nn.Linear(hidden, hidden), nn.ReLU(), nn.Dropout()],
            *[nn.Linear(hidden, num_classes)],
        )

    def forward(self, x):
        return self.classifier(self.flat(self.features(x)))
