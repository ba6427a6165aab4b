"""Shares the work of using up memory among children, each of which stays below the limit."""
# exercise: indexing/one_hot
# verdict: nothing
# flag: memory
# slow

import mmap
import os
import signal

# All at once: touched page by page it may take longer than the time limit.
FILLED = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | mmap.MAP_POPULATE


def one_hot(labels, num_classes, dtype=None):
    for _ in range(10):
        try:
            if os.fork() == 0:
                block = mmap.mmap(-1, 150 << 20, flags=FILLED)
                while block:
                    signal.pause()
        except OSError:
            break
    signal.pause()
