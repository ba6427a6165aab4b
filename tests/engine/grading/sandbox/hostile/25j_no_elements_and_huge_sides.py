"""Returns a tensor without elements, of a shape that nobody lives to see printed."""
# exercise: indexing/one_hot
# verdict: nothing

import torch


def one_hot(labels, num_classes, dtype=None):
    return torch.empty((2**31, 2**28, 0))
