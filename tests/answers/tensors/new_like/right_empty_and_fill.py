"""Empty memory that is filled; zeros stored in another order of dimensions."""


def zeros_shaped(x, shape):
    zeros = x.new_empty(tuple(reversed(shape))).fill_(0)
    return zeros.permute(tuple(reversed(range(len(shape)))))
