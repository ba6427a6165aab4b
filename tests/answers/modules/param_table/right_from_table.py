"""count adds up the table; filter for the trainable ones."""


def table(m):
    result = {}
    for name, param in m.named_parameters():
        result[name] = param.shape.numel()
    return result


def count(m, trainable=False):
    if not trainable:
        return sum(table(m).values())
    return sum(map(lambda p: p.numel(), filter(lambda p: p.requires_grad, m.parameters())))
