"""Returns a list that holds itself, and lists a hundred thousand deep."""
# exercise: indexing/one_hot
# verdict: nothing

import itertools

KINDS = itertools.cycle(("itself", "deep"))


def one_hot(labels, num_classes, dtype=None):
    whole = []
    if next(KINDS) == "itself":
        whole.append({"rows": (whole, whole)})
        return whole
    for _ in range(100_000):
        whole = [whole]
    return whole
