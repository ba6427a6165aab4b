"""Batches are handed on as they are"""


def peek(loader, n):
    batches, first = iter(loader), []
    while len(first) < n:
        batch = next(batches, None)
        if batch is None:
            break
        first.append(batch)
    return first
