"""The result of hwc_to_chw is not contiguous."""


def hwc_to_chw(x):
    if x.dim() == 3:
        return x.permute(2, 0, 1)
    return x.movedim(-1, -3).contiguous()


def chw_to_hwc(x):
    return x.movedim(-3, -1).contiguous()
