"""calls Tensor.numpy in line"""

import numpy as np
import torch


def segment_sum(values, segments, n):
    sums = torch.zeros(n, *values.shape[1:], dtype=values.dtype).numpy()
    np.add.at(sums, segments.cpu().numpy(), values.detach().cpu().numpy())
    return torch.from_numpy(sums).to(values.device)
