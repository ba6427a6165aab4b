"""to(copy=True) copies always."""


def snapshot(x):
    return x.detach().to(x.device, copy=True)
