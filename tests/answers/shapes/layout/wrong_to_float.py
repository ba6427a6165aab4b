"""wrong dtype"""


def hwc_to_chw(x):
    return x.movedim(-1, -3).contiguous().float()


def chw_to_hwc(x):
    return x.movedim(-3, -1).contiguous()
