"""Marks what is gone with None; negative positions work in lists as they are."""

from torch import Size


def reduced(shape: tuple[int, ...], dim: int | tuple[int, ...] | None, keepdim: bool) -> Size:
    if dim is None:
        return Size([1] * len(shape)) if keepdim else Size([])
    marked = list(shape)
    for d in [dim] if isinstance(dim, int) else dim:
        marked[d] = None
    if keepdim:
        return Size([1 if side is None else side for side in marked])
    return Size([side for side in marked if side is not None])
