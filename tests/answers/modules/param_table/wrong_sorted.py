"""first name, in order"""


def table(m):
    return {name: param.numel() for name, param in sorted(dict(m.named_parameters()).items())}


def count(m, trainable=False):
    return sum(p.numel() for p in m.parameters() if p.requires_grad or not trainable)
