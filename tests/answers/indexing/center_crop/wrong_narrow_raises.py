"""ValueError expected, RuntimeError raised"""


def center_crop(x, h, w):
    x = x.narrow(-2, max(x.shape[-2] - h, 0) // 2, h)
    return x.narrow(-1, max(x.shape[-1] - w, 0) // 2, w)
