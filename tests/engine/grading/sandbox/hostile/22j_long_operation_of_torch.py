"""One operation of torch that takes minutes."""
# exercise: indexing/one_hot
# verdict: nothing
# slow

import torch


def one_hot(labels, num_classes, dtype=None):
    matrix = torch.ones(3000, 3000, dtype=torch.float64)
    for _ in range(100):
        matrix = torch.linalg.svd(matrix + torch.rand(3000, 3000, dtype=torch.float64)).U
    return matrix
