"""count sums up each parameter once"""


def table(m):
    return {name: param.numel() for name, param in m.named_parameters()}


def count(m, trainable=False):
    if trainable:
        return sum(p.numel() for p in m.parameters() if p.requires_grad)
    total = 0
    for p in m.parameters():
        p.requires_grad_(False)
        total += p.numel()
    return total
