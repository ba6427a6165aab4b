"""Each stride from the one behind it; x itself where nothing changes."""


def row_major(shape: tuple[int, ...]) -> tuple[int, ...]:
    strides = [1] * len(shape)
    for i in range(len(shape) - 2, -1, -1):
        strides[i] = strides[i + 1] * (shape[i + 1] if shape[i + 1] > 0 else 1)
    return tuple(strides)


def swap_dims(x, a, b):
    if a == b:
        return x
    pairs = list(zip(x.size(), x.stride()))
    pairs[a], pairs[b] = pairs[b], pairs[a]
    return x.as_strided([p[0] for p in pairs], [p[1] for p in pairs])
