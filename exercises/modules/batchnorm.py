"""Batch normalization.

Each channel of a batch of images is shifted and scaled to mean 0 and variance 1, over all images
and places at once; a weight and a bias for each channel then give it another scale and mean:

    x (N, C, H, W)   ──▶   (x - mean) / √(var + eps) · weight + bias        per channel

In training, mean and var are those of the batch. A single image could not be judged that way, so
the layer also keeps running averages, and takes these in evaluation:

                  normalizes with          running averages
    training      those of the batch       move towards those of the batch
    evaluation    the running averages     stay as they are

    running = (1 - momentum) · running + momentum · batch    at each such step

There are two variances: the sum of squares divided by n, and by n - 1, where n = N · H · W. torch
normalizes with the first one and lets the running variance follow the second.

Write the class `BatchNorm`, an `nn.Module`.

- Its state dict has the names, shapes and first values of an nn.BatchNorm2d's, so that each can
  load the other's: weight (1s) and bias (0s) are parameters; running_mean (0s), running_var (1s)
  and num_batches_tracked (0, a 0-dim int64 tensor) are buffers; in any order.
- Each forward pass in training moves the running averages and adds 1 to num_batches_tracked, in
  place or as new buffers.
- The mode decides, and it alone: under `torch.no_grad()` a layer in training does all of that too.
  Common notes take no_grad for enough to evaluate; it is not.
- Gradients flow through mean and variance of the batch. The buffers are no part of the graph.

Not allowed: torch's own normalizations, such as `F.batch_norm`, `F.instance_norm`, `F.group_norm`
and the layers that call them. The rest of torch is, `var` and `var_mean` too.
"""

import torch
from torch import Tensor, nn


class BatchNorm(nn.Module):
    """Batch normalization of images, as nn.BatchNorm2d does it.

    Args:
        channels: how many channels the images have, at least 1.
        eps: what is added to the variance, a positive number.
        momentum: how far the running averages move at each step, from 0 to 1.

    >>> layer = BatchNorm(1, momentum=0.5)
    >>> x = torch.tensor([2.0, 4.0]).view(2, 1, 1, 1)
    >>> layer(x).detach().flatten()
    tensor([-1.0000,  1.0000])
    >>> layer.running_mean, layer.running_var, layer.num_batches_tracked
    (tensor([1.5000]), tensor([1.5000]), tensor(1))
    """

    def __init__(self, channels: int, eps: float = 1e-5, momentum: float = 0.1) -> None:
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        """Normalize a batch of images.

        Args:
            x: shape (N, C, H, W), no side 0, the dtype and device of the parameters. In evaluation
                N may be 0.

        Returns:
            A tensor of x's shape, part of the autograd graph. x is left as it was.

        Raises:
            ValueError: in training, where a channel has one value alone: N · H · W is 1. Then
                nothing has changed.
        """
        raise NotImplementedError
