"""The starts of the windows are a range; torch.Size is a tuple."""

import torch


def conv_out(hw, kernel, stride, padding, dilation):
    covered = kernel + (kernel - 1) * (dilation - 1)
    sizes = torch.Size(len(range(0, side + 2 * padding - covered + 1, stride)) for side in hw)
    if 0 in sizes:
        raise ValueError(f"kernel {kernel} does not fit into {hw}")
    return sizes
