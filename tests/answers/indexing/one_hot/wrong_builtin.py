"""calls F.one_hot in line"""

import torch
from torch.nn.functional import one_hot as theirs


def one_hot(labels, num_classes, dtype=torch.float32):
    return theirs(labels, num_classes).to(dtype)
