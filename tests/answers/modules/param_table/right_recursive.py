"""A recursion of its own, with the ids of what it has met."""

import math


def table(m):
    found, met = {}, set()

    def walk(module, path):
        for name, param in module._parameters.items():
            if param is not None and id(param) not in met:
                met.add(id(param))
                found[path + name] = math.prod(param.shape)
        for name, child in module._modules.items():
            if child is not None:
                walk(child, f"{path}{name}.")

    walk(m, "")
    return found


def count(m, trainable=False):
    total = 0
    for p in {id(p): p for p in m.parameters()}.values():
        if trainable and not p.requires_grad:
            continue
        total += p.nelement()
    return total
