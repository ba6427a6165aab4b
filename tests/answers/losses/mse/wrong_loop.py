"""it loops"""


def mse(pred, target, reduction="mean"):
    if pred.shape != target.shape or reduction not in ("mean", "sum", "none"):
        raise ValueError
    if reduction == "none":
        return (pred - target) ** 2
    total = pred.new_zeros(())
    for a, b in zip(pred.flatten(), target.flatten()):
        total = total + (a - b) ** 2
    return total / pred.numel() if reduction == "mean" else total
