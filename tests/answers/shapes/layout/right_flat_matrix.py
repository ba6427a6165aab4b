"""Rows and columns as one dimension, so that a matrix transpose does it."""


def hwc_to_chw(x):
    *lead, h, w, c = x.shape
    return x.reshape(*lead, h * w, c).mT.reshape(*lead, c, h, w).contiguous()


def chw_to_hwc(x):
    *lead, c, h, w = x.shape
    return x.reshape(*lead, c, h * w).mT.reshape(*lead, h, w, c).contiguous()
