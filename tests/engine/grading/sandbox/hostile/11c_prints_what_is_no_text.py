"""Prints bytes that are not UTF-8 and strings that can't be encoded."""
# exercise: indexing/one_hot
# verdict: nothing

import contextlib
import os
import sys

import torch


def one_hot(labels, num_classes, dtype=torch.float32):
    for stream in (sys.stdout, sys.__stdout__):
        with contextlib.suppress(Exception):
            print("\ud800\udfff\udcff" * 100, file=stream)
        with contextlib.suppress(Exception):
            stream.buffer.write(bytes(range(256)) * 100)
            stream.flush()
    os.write(1, bytes(range(256)) * 100)
    return torch.zeros(*labels.shape, num_classes, dtype=dtype, device=labels.device)
