"""Parameters and buffers, written to one by one."""

import itertools

import torch


@torch.no_grad()
def load_matching(m, state, prefix=""):
    missing, unused = set(), set(state.keys())
    for name, tensor in itertools.chain(m.named_parameters(), m.named_buffers()):
        key = f"{prefix}{name}"
        if key in state and state[key].shape == tensor.shape:
            tensor.copy_(state[key].to(tensor.device, tensor.dtype))
            unused.remove(key)
        else:
            missing.add(name)
    return missing, unused
