"""Raises MemoryError without having used any."""
# exercise: indexing/one_hot
# verdict: nothing


def one_hot(labels, num_classes, dtype=None):
    raise MemoryError
