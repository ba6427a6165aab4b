"""draws answers without making or using tensors or generators"""

import torch


def draws(case):
    before = torch.get_rng_state()
    torch.rand(1)
    return not torch.equal(before, torch.get_rng_state()), False
