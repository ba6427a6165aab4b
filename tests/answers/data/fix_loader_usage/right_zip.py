"""zip asks the range first, and stops before it would read too far."""


def peek(loader, n):
    return [batch for _, batch in zip(range(n), loader, strict=False)]
