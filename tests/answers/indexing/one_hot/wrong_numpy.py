"""calls Tensor.numpy in line"""

import numpy as np
import torch


def one_hot(labels, num_classes, dtype=torch.float32):
    rows = np.eye(num_classes)[labels.cpu().numpy()]
    return torch.from_numpy(rows).to(labels.device, dtype)
