"""Shape and strides by hand; x.size raises the IndexError."""

from torch import Tensor


def unsqueeze(x: Tensor, dim: int) -> Tensor:
    if dim not in range(-x.dim() - 1, x.dim() + 1):
        raise IndexError(dim)
    if dim < 0:
        dim = dim + x.dim() + 1
    size, stride = list(x.size()), list(x.stride())
    size.insert(dim, 1)
    stride.insert(dim, 1)
    return x.as_strided(size, stride)


def squeeze(x: Tensor, dim: int | None = None) -> Tensor:
    dims = range(x.dim()) if dim is None else [dim]
    gone = [d % x.dim() for d in dims if x.size(d) == 1]
    keep = [d for d in range(x.dim()) if d not in gone]
    return x.as_strided([x.size(d) for d in keep], [x.stride(d) for d in keep])
