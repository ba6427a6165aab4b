"""What is drawn on one channel of the grid shows on no other."""

from pathlib import Path

import torch
from torch import Tensor


def make_grid(x: Tensor, nrow: int = 8, padding: int = 2, pad_value: float = 0.0) -> Tensor:
    count, _, height, width = x.shape
    if count == 1:
        return x[0].clone().expand(3, -1, -1)
    x = x.expand(-1, 3, -1, -1)
    columns = min(nrow, count)
    rows = -(-count // columns)
    down, across = height + padding, width + padding
    grid = x.new_full((3, rows * down + padding, columns * across + padding), pad_value)
    for number, image in enumerate(x):
        row, column = divmod(number, columns)
        top, left = row * down + padding, column * across + padding
        grid[:, top : top + height, left : left + width] = image
    return grid


def save_ppm(path: str | Path, x: Tensor) -> None:
    if x.is_floating_point():
        x = (x.detach() * 255).round().clamp(0, 255).to(torch.uint8)
    _, height, width = x.shape
    pixels = x.permute(1, 2, 0).cpu().contiguous().numpy().tobytes()
    Path(path).write_bytes(f"P6\n{width} {height}\n255\n".encode() + pixels)
