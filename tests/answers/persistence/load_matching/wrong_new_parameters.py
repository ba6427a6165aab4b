"""Parameters and buffers are the same objects"""

from torch import nn


def load_matching(m, state, prefix=""):
    own = m.state_dict()
    missing, unused = set(), set(state)
    for name, value in own.items():
        key = prefix + name
        if key not in state or state[key].shape != value.shape:
            missing.add(name)
            continue
        unused.remove(key)
        new = state[key].to(value).clone()
        where, _, last = name.rpartition(".")
        module = m.get_submodule(where)
        old = getattr(module, last)
        if isinstance(old, nn.Parameter):
            new = nn.Parameter(new, requires_grad=old.requires_grad)
        setattr(module, last, new)
    return missing, unused
