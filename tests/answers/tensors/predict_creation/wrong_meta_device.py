"""creation answers without making or using tensors or arrays."""

import numpy as np
import torch

NAMES = {"np": np, "torch": torch}


def creation(case):
    with torch.device("meta"):
        x = eval(case, NAMES)
    return x.dtype, tuple(x.shape)
