"""ValueError expected; nothing was raised"""


def center_crop(x, h, w):
    height, width = x.shape[-2:]
    if h > height:
        raise ValueError("too high")
    top, left = (height - h) // 2, (width - w) // 2
    return x[..., top : top + h, left : left + w]
