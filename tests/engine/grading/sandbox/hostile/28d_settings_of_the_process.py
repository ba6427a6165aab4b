"""Changes what a process hands on: folder, mask, environment, limits, signals, timers."""
# exercise: indexing/one_hot
# verdict: nothing

import contextlib
import os
import resource
import signal
import time

import torch


def one_hot(labels, num_classes, dtype=torch.float32):
    os.chdir("/")
    os.umask(0o777)
    os.nice(19)
    os.environ.update(LEFT_BEHIND="1", TZ="left_behind", PYTHONPATH="/tmp", LD_PRELOAD="/tmp/x.so")
    time.tzset()
    for kind in (resource.RLIMIT_CPU, resource.RLIMIT_DATA, resource.RLIMIT_NOFILE):
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(kind, (1 << 30, 1 << 30))
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, signal.NSIG))
    signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
    with contextlib.suppress(OSError):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    return torch.zeros(*labels.shape, num_classes, dtype=dtype, device=labels.device)
