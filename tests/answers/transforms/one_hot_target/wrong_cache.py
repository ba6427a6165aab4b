"""Writing to what a call gave"""

import torch
import torch.nn.functional as F


class OneHotTarget:
    def __init__(self, num_classes):
        self.n = num_classes

    def __call__(self, y):
        if isinstance(y, int):
            self.kept = getattr(self, "kept", {})
            if y not in self.kept:
                self.kept[y] = self.made(torch.tensor(y))
            return self.kept[y]
        return self.made(y.long())

    def made(self, y):
        if ((y < 0) | (y >= self.n)).any():
            raise ValueError
        return F.one_hot(y, self.n).float()
