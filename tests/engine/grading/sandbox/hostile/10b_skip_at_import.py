"""Raises unittest.SkipTest when it is imported."""
# exercise: indexing/one_hot
# verdict: nothing

import unittest

raise unittest.SkipTest("forged")


def one_hot(labels, num_classes, dtype=None):
    return None
