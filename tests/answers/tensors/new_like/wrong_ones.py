"""wrong values:"""


def zeros_shaped(x, shape):
    return x.new_ones(shape)
