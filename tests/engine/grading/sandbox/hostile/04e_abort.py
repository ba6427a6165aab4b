"""Calls abort() at import."""
# exercise: indexing/one_hot
# verdict: nothing
# flag: crash

import os

os.abort()


def one_hot(labels, num_classes, dtype=None):
    return None
