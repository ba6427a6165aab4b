"""Leaves a process that listens, by name and by port, to hand the next one an answer."""
# exercise: indexing/one_hot
# verdict: nothing

import contextlib
import ctypes
import os
import select
import socket

import torch


def listen():
    os.setsid()
    ctypes.CDLL(None).prctl(15, b"left_behind")
    listeners = []
    for family, name in (
        (socket.AF_UNIX, "\0left_behind"),
        (socket.AF_UNIX, "\0kata_hostile_listener"),
        (socket.AF_UNIX, "/tmp/left_behind_socket"),
        (socket.AF_INET, ("127.0.0.1", 47001)),
    ):
        with contextlib.suppress(OSError):
            listener = socket.socket(family)
            listener.bind(name)
            listener.listen()
            listeners.append(listener)
    while True:
        for listener in select.select(listeners, [], [])[0]:
            with contextlib.suppress(OSError):
                listener.accept()[0].send(b"answer")


if os.fork() == 0:
    if os.fork() == 0:
        listen()
    os._exit(0)


def one_hot(labels, num_classes, dtype=torch.float32):
    return torch.zeros(*labels.shape, num_classes, dtype=dtype, device=labels.device)
