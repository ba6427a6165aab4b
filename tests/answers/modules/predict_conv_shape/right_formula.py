"""torch's formula, with floor."""

from math import floor


def conv_out(hw: tuple[int, ...], kernel: int, stride: int, padding: int, dilation: int):
    result = []
    for side in hw:
        padded = side + 2 * padding
        if dilation * (kernel - 1) + 1 > padded:
            raise ValueError("does not fit")
        result.append(floor((padded - dilation * (kernel - 1) - 1) / stride + 1))
    return tuple(result)
