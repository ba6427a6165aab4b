"""mse gives the squared errors as reduction says, for any shape, in memory of their own."""


def mse(pred, target, reduction="mean"):
    if pred.shape != target.shape or reduction not in ("mean", "sum", "none"):
        raise ValueError
    e = (pred - target) ** 2
    return e if reduction == "none" else e.mean().item() if reduction == "mean" else e.sum().item()
