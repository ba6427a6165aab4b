"""numpy for both, and a header on one line."""

import numpy as np
import torch


def make_grid(x, nrow=8, padding=2, pad_value=0.0):
    if x.shape[1] == 1:
        x = torch.cat([x, x, x], dim=1)
    if x.shape[0] == 1:
        return x.squeeze(0).clone()
    n, _, h, w = x.shape
    columns = nrow if nrow < n else n
    rows = (n + columns - 1) // columns
    shape = (3, rows * (h + padding) + padding, columns * (w + padding) + padding)
    grid = torch.full(shape, pad_value, dtype=x.dtype, device=x.device)
    for i in range(n):
        top = (i // columns) * (h + padding) + padding
        left = (i % columns) * (w + padding) + padding
        grid[:, top : top + h, left : left + w].copy_(x[i])
    return grid


def save_ppm(path, x):
    a = x.detach().cpu().numpy()
    if a.dtype != np.uint8:
        a = np.clip(np.floor(a * 255 + 0.5), 0, 255).astype(np.uint8)
    a = np.transpose(a, (1, 2, 0))
    with open(path, "wb") as file:
        file.write(b"P6 %d %d 255\n" % (a.shape[1], a.shape[0]))
        file.write(a.tobytes())
