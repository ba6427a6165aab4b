"""wrong values"""


def select(x, index):
    return x.float().gather(-1, index.unsqueeze(-1)).squeeze(-1).type(x.dtype)
