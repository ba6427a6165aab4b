"""Sends empty and tiny frames without an end, from four threads."""
# exercise: indexing/one_hot
# verdict: nothing
# slow

import os
import stat
import threading

import torch

FRAMES = b"\x00\x00\x00\x00" + b"\x01\x00\x00\x00\xc0" + b"\x00\x00\x00\x01\x90"


def flood():
    while True:
        for fd in map(int, os.listdir("/proc/self/fd")):
            try:
                mode = os.fstat(fd).st_mode
                if stat.S_ISSOCK(mode) or stat.S_ISFIFO(mode):
                    os.write(fd, FRAMES)
            except OSError:
                continue


def one_hot(labels, num_classes, dtype=torch.float32):
    for _ in range(4):
        threading.Thread(target=flood, daemon=True).start()
    flood()
