"""calls torch.scatter in line"""


def scatter(x, dim, index, src):
    return x.clone().scatter_(dim, index, src)
