"""index was written to; the call must leave it alone"""


def select(x, index):
    values = x.gather(-1, index.unsqueeze_(-1)).squeeze(-1)
    index.squeeze_(-1)
    return values
