"""Key by key, with the prefix cut off where it is there."""

import torch


def load_matching(m, state, prefix=""):
    own = m.state_dict()
    missing = set(own)
    unused = set()
    for key, value in state.items():
        name = key[len(prefix) :]
        if key.startswith(prefix) and name in own and own[name].size() == value.size():
            with torch.no_grad():
                own[name].copy_(value)
            missing.discard(name)
        else:
            unused.add(key)
    return missing, unused
