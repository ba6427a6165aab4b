"""scatter_add_ with the segments expanded to the shape of the values."""


def segment_sum(values, segments, n):
    index = segments.reshape(-1, *[1] * (values.ndim - 1)).expand_as(values)
    return values.new_zeros((n,) + values.shape[1:]).scatter_add_(0, index, values)
