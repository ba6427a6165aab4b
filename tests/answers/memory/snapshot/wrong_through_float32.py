"""The snapshot has x's values, dtype and device"""


def snapshot(x):
    return x.detach().clone().float().to(x.dtype)
