"""bias was written to; the call must leave it alone"""


def linear(x, weight, bias=None):
    product = x @ weight.T
    if bias is not None:
        bias *= 1
        product = product + bias
    return product
