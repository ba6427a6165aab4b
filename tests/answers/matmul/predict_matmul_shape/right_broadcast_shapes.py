"""torch.broadcast_shapes for the batches, and its RuntimeError turned into a ValueError."""

import torch


def matmul_shape(a, b):
    if len(a) == 0 or len(b) == 0:
        raise ValueError("0-dim")
    a_is_vector, b_is_vector = len(a) == 1, len(b) == 1
    if a_is_vector:
        a = (1,) + a
    if b_is_vector:
        b = b + (1,)
    if a[-1] != b[-2]:
        raise ValueError("inner")
    try:
        batch = torch.broadcast_shapes(a[:-2], b[:-2])
    except RuntimeError as error:
        raise ValueError(str(error)) from None
    shape = list(batch)
    if not a_is_vector:
        shape.append(a[-2])
    if not b_is_vector:
        shape.append(b[-1])
    return torch.Size(shape)
