"""Two permutations from the same state of the generator; a number from the other end."""

import torch


def uniform(low, high, size, *, generator=None, dtype=torch.float32, device="cpu"):
    return high - torch.rand(size, generator=generator, dtype=dtype, device=device) * (high - low)


def shuffle_together(x, y, *, generator=None):
    if generator is None:
        order = torch.randperm(len(x))
        return x[order], y[order]
    state = generator.get_state()
    first = torch.randperm(len(x), generator=generator, device=generator.device)
    generator.set_state(state)
    second = torch.randperm(len(x), generator=generator, device=generator.device)
    return x[first], y[second]
