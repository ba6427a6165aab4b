"""Returns tensors without values and of any size: on meta, sparse, conjugated, opaque."""
# exercise: indexing/one_hot
# verdict: nothing

import itertools

import torch

STRANGE = itertools.cycle(
    (
        lambda: torch.empty(2**60, device="meta"),
        lambda: torch.sparse_coo_tensor(torch.zeros(1, 0, dtype=torch.int64), [], (2**60,)),
        lambda: torch.zeros(3, dtype=torch.complex64).conj(),
        lambda: torch._neg_view(torch.zeros(3)),
        lambda: torch.zeros(3).to_mkldnn(),
        lambda: torch.zeros(1, dtype=torch.float8_e4m3fn),
    )
)


def one_hot(labels, num_classes, dtype=None):
    return next(STRANGE)()
