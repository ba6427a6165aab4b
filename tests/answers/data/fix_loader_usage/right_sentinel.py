"""A value that no batch can be, in place of the exception."""

END = object()


def peek(loader, n):
    walk, first = iter(loader), []
    while len(first) < n and (batch := next(walk, END)) is not END:
        first.append(batch)
    return first
