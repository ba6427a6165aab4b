"""Build VGG from a list.

VGG is LeNet's plan, carried on: small convolutions that keep the size, and now and then a pooling
that halves it. Such a network is a list of numbers, and a loop makes the layers of it:

    cfg            [64, "M", 128, "M"]                      images (N, 3, 224, 224)

    64             Conv2d(3, 64, 3, padding=1), ReLU               (N, 64, 224, 224)
    "M"            MaxPool2d(2)                                    (N, 64, 112, 112)
    128            Conv2d(64, 128, 3, padding=1), ReLU             (N, 128, 112, 112)
    "M"            MaxPool2d(2)                                    (N, 128, 56, 56)

Each convolution takes as many channels as the one before has given. Height and width are halved at
each "M", and rounded down where they are odd.

Write `make_layers`, which makes these layers, as an nn.Sequential in this order. With
`batch_norm=True` an nn.BatchNorm2d stands between each convolution and its ReLU. Convolutions have
a bias, then too.

Then write the class `VGG`, an `nn.Module`:

    features       make_layers(cfg, 3, batch_norm)
                   adaptive average pooling to 7 × 7, whatever size the features have; flat
    classifier     Linear(C · 7 · 7, hidden), ReLU, Dropout,     C is the last number of cfg
                   Linear(hidden, hidden), ReLU, Dropout,
                   Linear(hidden, num_classes)

- `features` and `classifier` are attributes, each an nn.Sequential, and no others have parameters
  or buffers: the checkpoints of torchvision fit.
- A layer may be made on any device. VGG-16, with its 13 convolutions, has 138,357,544 parameters,
  which are half a gigabyte. On the device "meta" tensors have shapes and no memory:

    with torch.device("meta"):
        model = VGG([64, 64, "M", 128, 128, "M", 256, 256, 256, "M",
                     512, 512, 512, "M", 512, 512, 512, "M"])

All of torch is allowed.
"""

import torch
from torch import Tensor, nn


def make_layers(
    cfg: list[int | str], in_channels: int = 3, batch_norm: bool = False
) -> nn.Sequential:
    """Make the layers that a list describes.

    Args:
        cfg: numbers of channels and "M"s, in any order; perhaps none. The list is left as it was.
        in_channels: how many channels the images have.
        batch_norm: whether each convolution is followed by a batch norm.

    Returns:
        The layers: for images (N, in_channels, H, W) they give (N, C, H // 2**m, W // 2**m), where
        m is the number of "M"s.

    >>> make_layers([4, "M"], in_channels=1)(torch.ones(5, 1, 9, 8)).shape
    torch.Size([5, 4, 4, 4])
    """
    raise NotImplementedError


class VGG(nn.Module):
    """Convolutions from a list, and three linear layers.

    Args:
        cfg: as for make_layers; holds at least one number.
        num_classes: how many scores there are.
        hidden: the length of the two hidden layers.
        batch_norm: as for make_layers.

    >>> model = VGG([4, "M", 8, "M"], num_classes=10, hidden=16)
    >>> model(torch.ones(2, 3, 32, 32)).shape
    torch.Size([2, 10])
    >>> list(model.features.state_dict())
    ['0.weight', '0.bias', '3.weight', '3.bias']
    """

    def __init__(
        self,
        cfg: list[int | str],
        num_classes: int = 1000,
        hidden: int = 4096,
        batch_norm: bool = False,
    ) -> None:
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        """Score images.

        Args:
            x: shape (N, 3, H, W), the dtype and device of the parameters; large enough for the
                poolings to leave something.

        Returns:
            A tensor of shape (N, num_classes), part of the autograd graph. x is left as it was.
        """
        raise NotImplementedError
