"""A table of reductions, and a difference times itself."""

REDUCERS = {"none": lambda e: e, "mean": lambda e: e.mean(), "sum": lambda e: e.sum()}


def mse(pred, target, reduction="mean"):
    try:
        reduce = REDUCERS[reduction]
    except KeyError:
        raise ValueError(f"unknown reduction {reduction}") from None
    if pred.size() != target.size():
        raise ValueError("sizes differ")
    d = target - pred
    return reduce(d * d)
