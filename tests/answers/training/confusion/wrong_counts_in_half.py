"""wrong values"""

from torch.nn.functional import one_hot


def confusion(pred, y, n):
    if pred.shape != y.shape:
        raise ValueError(f"{tuple(pred.shape)} and {tuple(y.shape)}")
    rows = one_hot(y.flatten(), n).half()  # the mistake: whole numbers up to 2048 alone
    columns = one_hot(pred.flatten(), n).half()
    return (rows.T @ columns).long()
