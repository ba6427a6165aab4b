"""Each image padded at its top and left, then reshaped into rows; bytes from a list."""

import os

import torch
import torch.nn.functional as F
from torch import Tensor


def make_grid(x: Tensor, nrow: int = 8, padding: int = 2, pad_value: float = 0.0) -> Tensor:
    x = x.repeat(1, 3 // x.size(1), 1, 1)
    n = x.size(0)
    if n == 1:
        return x[0]
    columns = min(n, nrow)
    rows = -(-n // columns)
    blank = torch.full_like(x[:1], pad_value).expand(rows * columns - n, -1, -1, -1)
    x = F.pad(torch.cat([x, blank]), (padding, 0, padding, 0), value=pad_value)
    _, channels, h, w = x.shape
    x = x.view(rows, columns, channels, h, w).permute(2, 0, 3, 1, 4)
    x = x.reshape(channels, rows * h, columns * w)
    return F.pad(x, (0, padding, 0, padding), value=pad_value)


def save_ppm(path, x: Tensor) -> None:
    with torch.no_grad():
        if x.dtype != torch.uint8:
            x = x.clamp(0, 1).mul(255).add(0.5).floor()
        numbers = x.movedim(0, -1).flatten().int().tolist()
    header = os.linesep.join(["P6", "# a picture", f"{x.shape[-1]} {x.shape[-2]}", "255"])
    with open(path, "wb") as file:
        file.write(header.encode("ascii") + b"\n")
        file.write(bytes(numbers))
