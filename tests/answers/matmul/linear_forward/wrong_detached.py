"""The result is cut off from the arguments: no gradient can flow."""

import torch


def linear(x, weight, bias=None):
    with torch.no_grad():
        product = x @ weight.T
        return product if bias is None else product + bias
