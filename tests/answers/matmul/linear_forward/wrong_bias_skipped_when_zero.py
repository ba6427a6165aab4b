"""x, weight and bias get the gradients that F.linear gives them."""

from torch import Tensor


def linear(x: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    out = x @ weight.T
    if bias is not None and bias.any():
        out = out + bias
    return out
