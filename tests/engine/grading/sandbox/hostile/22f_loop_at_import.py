"""Loops without an end when it is imported."""
# exercise: indexing/one_hot
# verdict: nothing
# flag: time
# slow

while True:
    pass


def one_hot(labels, num_classes, dtype=None):
    return None
