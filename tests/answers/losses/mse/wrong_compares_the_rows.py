"""Shapes that differ are refused with a ValueError, broadcastable or not."""

from torch import Tensor


def mse(pred: Tensor, target: Tensor, reduction: str = "mean") -> Tensor:
    if reduction not in {"mean", "sum", "none"}:
        raise ValueError(f"unknown reduction: {reduction}")
    if pred.dim() != target.dim() or (pred.dim() > 0 and len(pred) != len(target)):
        raise ValueError(
            f"pred has shape {tuple(pred.shape)}, and target has shape {tuple(target.shape)}"
        )
    try:
        errors = (pred - target) ** 2
    except RuntimeError as error:
        raise ValueError("the shapes of pred and target differ") from error
    if reduction == "none":
        return errors
    return errors.mean() if reduction == "mean" else errors.sum()
