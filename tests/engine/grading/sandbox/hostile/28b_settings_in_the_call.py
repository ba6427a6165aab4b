"""Changes the settings of torch, numpy and python in a call, and leaves them so."""
# exercise: indexing/gather_selection
# verdict: nothing

import locale
import sys

import numpy as np
import torch


def select(x, index):
    torch.set_default_dtype(torch.float64)
    torch.set_default_device("meta")
    torch.set_grad_enabled(False)
    torch.set_printoptions(precision=0, threshold=0)
    np.seterr(all="raise")
    sys.setswitchinterval(1000)
    sys.setrecursionlimit(60)
    locale.setlocale(locale.LC_ALL, "C")
    return torch.gather(x, -1, index.unsqueeze(-1)).squeeze(-1)
