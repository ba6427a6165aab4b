"""Shares the work of using up memory among children, each of which stays below the limit."""
# exercise: indexing/one_hot
# verdict: nothing
# flag: memory
# slow

import os
import signal


def one_hot(labels, num_classes, dtype=None):
    for _ in range(10):
        try:
            if os.fork() == 0:
                block = b"\x01" * (150 << 20)
                while block:
                    signal.pause()
        except OSError:
            break
    signal.pause()
