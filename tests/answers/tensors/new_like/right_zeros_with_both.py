"""torch.zeros that is told the dtype and the device."""

import torch


def zeros_shaped(x, shape):
    return torch.zeros(*shape, dtype=x.dtype, device=x.device) if shape else x.new_zeros(())
