"""calls Tensor.tolist in line"""


def select(x, index):
    rows = x.reshape(-1, x.shape[-1])
    return rows[range(len(rows)), index.reshape(-1).tolist()].reshape(index.shape)
