"""Raises an exception that is its own cause, and a group of groups ten thousand deep."""
# exercise: indexing/one_hot
# verdict: nothing


def one_hot(labels, num_classes, dtype=None):
    group = ValueError("x")
    for _ in range(10_000):
        group = ExceptionGroup("more", [group])
    group.__cause__ = group.__context__ = group
    raise group
