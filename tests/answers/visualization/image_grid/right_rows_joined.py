"""Joined by cat, and the file written by pathlib."""

from pathlib import Path

import torch


def make_grid(x, nrow=8, padding=2, pad_value=0.0):
    images = [image if len(image) == 3 else image.expand(3, *image.shape[1:]) for image in x]
    if len(images) == 1:
        return images[0].clone()
    nrow = min(nrow, len(images))
    while len(images) % nrow:
        images.append(torch.full_like(images[0], pad_value))
    rows = [
        _joined(images[start : start + nrow], 2, padding, pad_value)
        for start in range(0, len(images), nrow)
    ]
    return _joined(rows, 1, padding, pad_value)


def _joined(parts, dim, padding, pad_value):
    shape = list(parts[0].shape)
    shape[dim] = padding
    space = parts[0].new_full(shape, pad_value)
    return torch.cat([each for part in parts for each in (space, part)] + [space], dim)


def save_ppm(path, x):
    if x.dtype.is_floating_point:
        x = torch.round(255 * x.detach()).clamp_(0, 255).byte()
    height, width = x.shape[-2:]
    data = x.cpu().permute(1, 2, 0).numpy().tobytes(order="C")
    Path(path).write_bytes(b"\n".join([b"P6", f"{width} {height}".encode(), b"255", data]))
