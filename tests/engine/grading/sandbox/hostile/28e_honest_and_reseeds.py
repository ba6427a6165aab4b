"""A right answer that seeds and uses every random generator."""
# exercise: indexing/one_hot
# verdict: solved

import random

import numpy as np
import torch


def one_hot(labels, num_classes, dtype=torch.float32):
    random.seed(424242)
    np.random.seed(424242)
    torch.default_generator.manual_seed(424242)
    random.random()
    np.random.rand()
    rows = torch.zeros(*labels.shape, num_classes, dtype=dtype, device=labels.device)
    return rows.scatter_(-1, labels.unsqueeze(-1), 1)
