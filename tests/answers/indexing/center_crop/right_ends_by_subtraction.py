"""The last margin from the first, and int() instead of //."""


def center_crop(x, h, w):
    H, W = x.shape[-2:]
    if h > H:
        raise ValueError("h")
    if w > W:
        raise ValueError("w")
    top = int((H - h) / 2)
    left = int((W - w) / 2)
    bottom, right = H - h - top, W - w - left
    return x[..., top : H - bottom, left : W - right]
