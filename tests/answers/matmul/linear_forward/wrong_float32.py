"""and the bias added."""


def linear(x, weight, bias=None):
    product = (x.float() @ weight.float().T).to(x.dtype)
    return product if bias is None else product + bias
