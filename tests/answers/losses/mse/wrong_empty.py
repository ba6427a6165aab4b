"""wrong values: the value differs (tolerance: 1e-05 + 1.3e-06 × |expected|)"""


def mse(pred, target, reduction="mean"):
    if pred.shape != target.shape or reduction not in ("mean", "sum", "none"):
        raise ValueError
    e = (pred - target) ** 2
    if reduction == "none":
        return e
    return e.sum() / max(e.numel(), 1) if reduction == "mean" else e.sum()
