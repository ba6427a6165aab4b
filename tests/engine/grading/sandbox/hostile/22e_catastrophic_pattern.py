"""Matches a pattern that tries every way to divide a text."""
# exercise: indexing/one_hot
# verdict: nothing
# flag: time
# slow

import re


def one_hot(labels, num_classes, dtype=None):
    return re.match(r"(a+)+$", "a" * 60 + "b")
