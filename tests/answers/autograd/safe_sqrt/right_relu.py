"""relu's backward picks instead of multiplying, so it makes 0 of an infinite gradient."""

import torch.nn.functional as F


def safe_sqrt(x):
    return F.relu(x).sqrt()
