"""A loop that looks before it fetches the next batch."""


def peek(loader, n):
    first = []
    if n == 0:
        return first
    for batch in loader:
        first.append(batch)
        if len(first) == n:
            break
    return first
