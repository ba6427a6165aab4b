"""The third number of the header is"""

import torch


def make_grid(x, nrow=8, padding=2, pad_value=0.0):
    n, _, h, w = x.shape
    x = x.expand(-1, 3, -1, -1)
    if n == 1:
        return x[0].clone()
    columns = min(nrow, n)
    rows = -(-n // columns)
    grid = x.new_full(
        (3, rows * (h + padding) + padding, columns * (w + padding) + padding), pad_value
    )
    for i in range(n):
        top = i // columns * (h + padding) + padding
        left = i % columns * (w + padding) + padding
        grid[:, top : top + h, left : left + w] = x[i]
    return grid


def save_ppm(path, x):
    if x.is_floating_point():
        x = (x.detach() * 255).round().clamp(0, 255).to(torch.uint8)
    data = x.permute(1, 2, 0).cpu().contiguous().numpy().tobytes()
    with open(path, "wb") as file:
        file.write(f"P6\n{x.shape[2]} {x.shape[1]}\n256\n".encode() + data)
