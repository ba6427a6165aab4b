"""gather with an expanded index; a view of h by layers and directions."""

from torch import Tensor


def last_valid(out: Tensor, lengths: Tensor) -> Tensor:
    index = (lengths - 1).view(-1, 1, 1).expand(-1, 1, out.size(2))
    return out.gather(1, index).squeeze(1)


def final(h: Tensor, layers: int, bidirectional: bool) -> Tensor:
    directions = 2 if bidirectional else 1
    if h.size(0) != layers * directions:
        raise ValueError("h does not fit")
    by_layer = h.reshape(layers, directions, h.size(1), h.size(2))
    return by_layer[-1].transpose(0, 1).reshape(h.size(1), directions * h.size(2))
