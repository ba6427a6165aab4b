"""The diagonal of all pairs: N × N values, of which N are right."""


def select(x, index):
    flat = x.reshape(-1, x.shape[-1])
    return flat[:, index.reshape(-1)].diagonal().reshape(index.shape)
