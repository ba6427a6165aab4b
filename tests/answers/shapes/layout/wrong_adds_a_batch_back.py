"""chw_to_hwc moves the channels of an image behind its rows and columns."""


def hwc_to_chw(x):
    return x.movedim(-1, -3).contiguous()


def chw_to_hwc(x):
    if x.dim() == 3:
        x = x.unsqueeze(0)
    return x.movedim(-3, -1).contiguous()
