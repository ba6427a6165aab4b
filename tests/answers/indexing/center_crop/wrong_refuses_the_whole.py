"""raises ValueError: too large"""


def center_crop(x, h, w):
    height, width = x.shape[-2:]
    if h >= height or w >= width:
        raise ValueError("too large")
    top, left = (height - h) // 2, (width - w) // 2
    return x[..., top : top + h, left : left + w]
