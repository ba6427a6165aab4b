"""Computes a number of a billion digits."""
# exercise: indexing/one_hot
# verdict: nothing
# slow


def one_hot(labels, num_classes, dtype=None):
    return len(str((10**10_000_000 + 1) ** 100))
