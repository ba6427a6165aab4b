"""torch's lerp for the range, in float64 inside; stacks the rows one by one."""

import torch


def uniform(low, high, size, *, generator=None, dtype=torch.float32, device="cpu"):
    unit = torch.rand(size, generator=generator, dtype=torch.float64, device=device)
    ends = [torch.full_like(unit, each) for each in (low, high)]
    return torch.lerp(ends[0], ends[1], unit).to(dtype)


def shuffle_together(x, y, *, generator=None):
    order = torch.randperm(len(x), generator=generator, device=x.device).tolist()
    if not order:
        return x.clone(), y.clone()
    return torch.stack([x[i] for i in order]), torch.stack([y[i] for i in order])
