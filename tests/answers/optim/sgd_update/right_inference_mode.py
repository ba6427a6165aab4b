"""inference_mode records nothing either, and a write to a normal tensor is still counted."""

import torch


def sgd_step(params, lr):
    with torch.inference_mode():
        for p in params:
            if p.grad is not None:
                p.addcmul_(p.grad, torch.full_like(p.grad, lr), value=-1)
