"""x was written to; the call must leave it alone"""


def hwc_to_chw(x):
    return x.transpose_(-1, -2).transpose_(-2, -3).contiguous()


def chw_to_hwc(x):
    return x.movedim(-3, -1).contiguous()
