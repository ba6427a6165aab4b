"""not supported between"""


def reduced(shape, dim, keepdim):
    if dim is None:
        return (1,) * len(shape) if keepdim else ()
    if dim < 0:
        dim += len(shape)
    return shape[:dim] + (1,) * keepdim + shape[dim + 1 :]
