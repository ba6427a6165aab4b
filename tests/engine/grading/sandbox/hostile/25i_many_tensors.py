"""Returns a million tensors, each a view of one and the same number."""
# exercise: autograd/fix_grad_accumulation
# verdict: nothing
# slow

import torch


def grads_per_step(losses, w):
    one = torch.zeros(1).expand(10**6)
    return [one] * 10**6
