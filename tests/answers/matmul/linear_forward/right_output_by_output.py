"""A matrix-vector product for each output, in float64 inside."""

import torch


def linear(x, weight, bias=None):
    if len(weight) == 0:
        return (x @ weight.T).to(x.dtype)
    outputs = [torch.matmul(x.double(), row.double()) for row in weight]
    y = torch.stack(outputs, dim=-1)
    if bias is not None:
        y = y + bias
    return y.to(x.dtype)
