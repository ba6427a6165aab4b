"""Returns quantized tensors and tensors of dtypes of which torch can do next to nothing."""
# exercise: indexing/one_hot
# verdict: nothing

import itertools

import torch

STRANGE = itertools.cycle(
    (
        lambda: torch.quantize_per_tensor(torch.zeros(3), 0.1, 0, torch.qint8),
        lambda: torch.zeros(4, dtype=torch.uint8).view(torch.bits8),
        lambda: torch.zeros(4, dtype=torch.complex32),
        lambda: torch.zeros(4, dtype=torch.uint8).view(torch.float8_e8m0fnu),
    )
)


def one_hot(labels, num_classes, dtype=None):
    return next(STRANGE)()
