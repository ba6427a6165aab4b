"""There and back shares memory all the way; a copy written into an empty tensor."""

import torch


def numpy_view(x):
    return torch.from_numpy(x.detach().numpy()).numpy()


def numpy_copy(x):
    with torch.no_grad():
        target = torch.empty(x.shape, dtype=x.dtype)
        target.copy_(x)
    return target.numpy()
