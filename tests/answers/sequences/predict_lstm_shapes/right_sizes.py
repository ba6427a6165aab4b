"""torch.Size, which is a tuple and no tensor."""

from torch import Size


def shapes(
    seq: int,
    batch: int,
    inputs: int,
    hidden: int,
    layers: int,
    bidirectional: bool,
    batch_first: bool,
) -> tuple[Size, Size, Size]:
    if seq == 0:
        raise ValueError(f"{seq=} must be at least 1")
    directions = int(bidirectional) + 1
    out = [seq, batch, hidden * directions]
    if batch_first:
        out[0], out[1] = out[1], out[0]
    h = Size((layers * directions, batch, hidden))
    return Size(out), h, Size(h)
