"""Each row gives the value in the column that its index names, for a batch of any shape."""


def select(x, index):
    return x.half().gather(-1, index.unsqueeze(-1)).squeeze(-1).to(x.dtype)
