"""calls torch.unsqueeze in line"""


def unsqueeze(x, dim):
    return x.unsqueeze(dim)


def squeeze(x, dim=None):
    return x.squeeze() if dim is None else x.squeeze(dim)
