"""AssertionError"""


def mse(pred, target, reduction="mean"):
    assert pred.shape == target.shape
    assert reduction in ("mean", "sum", "none")
    e = (pred - target) ** 2
    return e if reduction == "none" else e.mean() if reduction == "mean" else e.sum()
