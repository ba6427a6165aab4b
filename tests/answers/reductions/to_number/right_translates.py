"""Turns torch's error into the one wanted; numpy on the CPU gives the same numbers."""

import math


def to_number(x):
    try:
        return x.item()
    except RuntimeError as error:
        raise ValueError(f"{math.prod(x.shape)} elements") from error
