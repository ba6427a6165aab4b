"""calls Tensor.numpy in line"""

import numpy as np
import torch


def select(x, index):
    columns = index.unsqueeze(-1).cpu().numpy()
    values = np.take_along_axis(x.detach().cpu().numpy(), columns, axis=-1)
    return torch.from_numpy(values).squeeze(-1).to(x.device)
