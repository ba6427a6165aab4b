"""Raises GeneratorExit."""
# exercise: indexing/one_hot
# verdict: nothing


def one_hot(labels, num_classes, dtype=None):
    raise GeneratorExit
