"""calls Tensor.numpy in line"""

import numpy as np
import torch


def confusion(pred, y, n):
    if pred.shape != y.shape:
        raise ValueError("shapes")
    matrix = np.zeros((n, n), dtype=np.int64)
    np.add.at(matrix, (y.cpu().numpy(), pred.cpu().numpy()), 1)
    return torch.from_numpy(matrix).to(y.device)
