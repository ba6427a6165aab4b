"""Stops itself, so that it neither runs nor ends."""
# exercise: indexing/one_hot
# verdict: nothing
# flag: time
# slow

import os
import signal


def one_hot(labels, num_classes, dtype=None):
    os.kill(os.getpid(), signal.SIGSTOP)
