"""hwc_to_chw moves the channels of an image before its rows and columns."""


def hwc_to_chw(x):
    if x.dim() == 3:
        x = x.unsqueeze(0)
    return x.movedim(-1, -3).contiguous()


def chw_to_hwc(x):
    return x.movedim(-3, -1).contiguous()
