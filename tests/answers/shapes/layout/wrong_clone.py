"""The result of hwc_to_chw is not contiguous."""


def hwc_to_chw(x):
    return x.movedim(-1, -3).clone()


def chw_to_hwc(x):
    return x.movedim(-3, -1).contiguous()
