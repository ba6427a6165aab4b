"""Uses no time at all: waits for a lock that nobody will give."""
# exercise: indexing/one_hot
# verdict: nothing
# flag: time
# slow

import threading


def one_hot(labels, num_classes, dtype=None):
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()
