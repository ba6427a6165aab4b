"""bfloat16"""

import numpy as np
import torch


def uniform(low, high, size, *, generator=None, dtype=torch.float32, device="cpu"):
    unit = torch.rand(size, generator=generator, device=device).cpu().numpy()
    name = str(dtype).removeprefix("torch.")
    return torch.from_numpy(np.asarray(low + (high - low) * unit, dtype=name)).to(device)


def shuffle_together(x, y, *, generator=None):
    order = torch.randperm(len(x), generator=generator, device=x.device)
    return x[order], y[order]
