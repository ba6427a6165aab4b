"""Got unsupported ScalarType BFloat16"""

import torch


def snapshot(x):
    return torch.from_numpy(x.detach().cpu().numpy().copy()).to(x.device)
