"""The table has each parameter under its first name, in order, and nothing else."""


def table(m):
    return {name: p.numel() for name, p in m.named_parameters() if p.numel()}


def count(m, trainable=False):
    return sum(p.numel() for p in m.parameters() if p.requires_grad or not trainable)
