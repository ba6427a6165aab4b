"""the result must share memory with x; yours has memory of its own"""


def center_crop(x, h, w):
    height, width = x.shape[-2:]
    if h > height or w > width:
        raise ValueError("too large")
    top, left = (height - h) // 2, (width - w) // 2
    return x[..., top : top + h, left : left + w].contiguous()
