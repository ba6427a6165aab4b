"""it must not require grad; yours does"""


def snapshot(x):
    return x + 0 if x.dtype.is_floating_point else x.clone()
