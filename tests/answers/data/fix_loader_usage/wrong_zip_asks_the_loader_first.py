"""One batch too many is read"""


def peek(loader, n):
    return [batch for batch, _ in zip(loader, range(n), strict=False)]
