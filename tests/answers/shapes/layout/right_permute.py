"""permute with the leading dimensions listed."""


def hwc_to_chw(x):
    lead = range(x.dim() - 3)
    return x.permute(*lead, -1, -3, -2).contiguous()


def chw_to_hwc(x):
    lead = range(x.dim() - 3)
    return x.permute(*lead, -2, -1, -3).contiguous()
