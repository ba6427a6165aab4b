"""Ends itself by a signal that Python has no name for."""
# exercise: indexing/one_hot
# verdict: nothing
# flag: crash

import os


def one_hot(labels, num_classes, dtype=None):
    os.kill(os.getpid(), 40)
