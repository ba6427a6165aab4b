"""calls Tensor.__dlpack__ in line"""

import numpy as np
import torch


def one_hot(labels, num_classes, dtype=torch.float32):
    rows = np.eye(num_classes)[np.from_dlpack(labels.cpu())]
    return torch.from_numpy(np.ascontiguousarray(rows)).to(labels.device, dtype)
