"""Loops without an end."""
# exercise: indexing/one_hot
# verdict: nothing
# flag: time
# slow


def one_hot(labels, num_classes, dtype=None):
    while True:
        pass
