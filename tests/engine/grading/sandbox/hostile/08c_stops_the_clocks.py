"""Stops every clock of Python and loops: no limit that reads one in this process will come."""
# exercise: indexing/one_hot
# verdict: nothing
# flag: time
# slow

import signal
import time

for name in ("time", "monotonic", "perf_counter", "process_time", "thread_time"):
    setattr(time, name, lambda: 0.0)
    setattr(time, f"{name}_ns", lambda: 0)
time.sleep = lambda _: None
signal.setitimer = lambda *_: (0.0, 0.0)
signal.alarm = lambda _: 0
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, signal.NSIG))


def one_hot(labels, num_classes, dtype=None):
    while True:
        pass
