"""torch.tensor of a tensor copies; its warning is passed over."""

import warnings

import torch


def save_slice(path, x):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.save(torch.tensor(x), str(path))
