"""New memory, written in two parts."""


def append_bias(x):
    result = x.new_empty((*x.shape[:-1], x.shape[-1] + 1))
    result[..., :-1] = x
    result[..., -1] = 1
    return result
