"""VGG has the layers of cfg in features, and three linear layers in classifier."""

from torch import Tensor, nn


def make_layers(
    cfg: list[int | str], in_channels: int = 3, batch_norm: bool = False
) -> nn.Sequential:
    layers: list[nn.Module] = []
    for entry in cfg:
        if isinstance(entry, str):
            layers.append(nn.MaxPool2d(2))
            continue
        layers.append(nn.Conv2d(in_channels, entry, 3, padding=1))
        if batch_norm:
            layers.append(nn.BatchNorm2d(entry))
        layers.append(nn.ReLU())
        in_channels = entry
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
        *_, channels = (entry for entry in cfg if not isinstance(entry, str))
        self.features = nn.ModuleList(make_layers(cfg, 3, batch_norm))
        self.pool = nn.AdaptiveAvgPool2d(7)
        self.classifier = nn.Sequential(
            nn.Linear(channels * 7 * 7, hidden),
            nn.ReLU(),
            nn.Dropout(),
            nn.Linear(hidden, hidden),
            nn.ReLU(),
            nn.Dropout(),
            nn.Linear(hidden, num_classes),
        )

    def forward(self, x: Tensor) -> Tensor:
        for f in self.features:
            x = f(x)
        return self.classifier(self.pool(x).flatten(1))
