"""calls Tensor.numpy in line"""

import numpy as np
import torch


def gather(x, dim, index):
    for d in range(x.dim()):
        if d != dim % x.dim():
            x = x.narrow(d, 0, index.shape[d])
    values = np.take_along_axis(x.detach().cpu().numpy(), index.cpu().numpy(), dim)
    return torch.from_numpy(values).to(x.device)
