"""Each vector of inputs is multiplied with each output's row of weights, and the bias

Reshapes the weight to (inputs, outputs) where it must be transposed.
"""

from torch import Tensor


def linear(x: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    outputs, inputs = weight.shape
    result = x @ weight.reshape(inputs, outputs)
    if bias is not None:
        result = result + bias
    return result
