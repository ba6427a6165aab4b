"""'DataLoader' object is not subscriptable"""


def peek(loader, n):
    return loader[:n]
