"""The last dimension cropped, turned, cropped again and turned back, by a helper."""


def crop_last(x, size):
    first = (x.shape[-1] - size) // 2
    return x[..., first : first + size]


class DoesNotFit(ValueError):
    pass


def center_crop(x, h, w):
    if h > x.shape[-2] or w > x.shape[-1]:
        raise DoesNotFit
    return crop_last(crop_last(x, w).mT, h).mT
