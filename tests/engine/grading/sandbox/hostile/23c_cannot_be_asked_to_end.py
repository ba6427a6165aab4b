"""Ignores every signal that can be ignored, in a session of its own, and loops."""
# exercise: indexing/one_hot
# verdict: nothing
# flag: time
# slow

import contextlib
import os
import signal


def one_hot(labels, num_classes, dtype=None):
    with contextlib.suppress(OSError):
        os.setsid()
    for number in range(1, signal.NSIG):
        with contextlib.suppress(OSError, ValueError):
            signal.signal(number, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, signal.NSIG))
    while True:
        pass
