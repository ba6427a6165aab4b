"""raises ValueError: zip() argument"""


def peek(loader, n):
    return [batch for _, batch in zip(range(n), loader, strict=True)]
