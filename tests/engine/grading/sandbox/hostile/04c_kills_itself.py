"""Sends itself SIGKILL."""
# exercise: indexing/one_hot
# verdict: nothing
# flag: crash time

import os
import signal


def one_hot(labels, num_classes, dtype=None):
    os.kill(os.getpid(), signal.SIGKILL)
