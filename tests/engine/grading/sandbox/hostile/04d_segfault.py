"""Reads address 0."""
# exercise: indexing/one_hot
# verdict: nothing
# flag: crash

import ctypes


def one_hot(labels, num_classes, dtype=None):
    return ctypes.string_at(0)
