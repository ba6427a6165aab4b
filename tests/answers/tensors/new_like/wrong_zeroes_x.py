"""x was written to; the call must leave it alone"""


def zeros_shaped(x, shape):
    x.detach().zero_()
    return x.new_zeros(shape)
