"""a list of 0 expected"""


def peek(loader, n):
    first = []
    for batch in loader:
        first.append(batch)
        if len(first) >= n:
            break
    return first
