"""inverse is a Normalize of its own, by a property."""

import torch


class Normalize:
    def __init__(self, mean, std):
        self.mean = [float(m) for m in mean]
        self.std = [float(s) for s in std]
        if len(self.mean) != len(self.std) or any(s <= 0 for s in self.std):
            raise ValueError((mean, std))

    def __call__(self, x):
        if x.dim() < 3:
            raise ValueError("x needs channels, height and width")
        if x.shape[-3] != len(self.mean):
            raise ValueError("channels")
        mean = torch.tensor(self.mean, dtype=x.dtype, device=x.device)
        std = torch.tensor(self.std, dtype=x.dtype, device=x.device)
        return (x - mean.reshape(-1, 1, 1)) / std.reshape(-1, 1, 1)

    @property
    def inverse(self):
        back = Normalize([-m / s for m, s in zip(self.mean, self.std)], [1] * len(self.std))
        back.std = [1 / s for s in self.std]
        return back
