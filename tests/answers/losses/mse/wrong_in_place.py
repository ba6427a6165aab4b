"""pred was written to; the call must leave it alone"""


def mse(pred, target, reduction="mean"):
    if pred.shape != target.shape or reduction not in ("mean", "sum", "none"):
        raise ValueError
    pred -= target
    e = pred**2
    return e if reduction == "none" else e.mean() if reduction == "mean" else e.sum()
