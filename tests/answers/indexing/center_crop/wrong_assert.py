"""ValueError expected, AssertionError raised"""


def center_crop(x, h, w):
    height, width = x.shape[-2:]
    assert h <= height
    assert w <= width
    top, left = (height - h) // 2, (width - w) // 2
    return x[..., top : top + h, left : left + w]
