"""Dimensions before the last three stay in front: hwc_to_chw turns the last three alone."""


def hwc_to_chw(x):
    if x.dim() == 4:
        return x.permute(0, 3, 1, 2).contiguous()
    return x.permute(2, 0, 1).contiguous()


def chw_to_hwc(x):
    return x.movedim(-3, -1).contiguous()
