"""The last state of sequences that end at different times.

To classify whole sequences one takes what an LSTM knows at the end of each. Sequences of different
lengths lie padded in one tensor, and the end is not at the same place:

    out[n, t]   t =  0   1   2   3      lengths      last_valid
        n = 0        a   b   c   d         4             d
        n = 1        e   f   ·   ·         2             f         · is padding
        n = 2        g   ·   ·   ·         1             g

`out[:, -1]`, which common notes take, reads d and two times padding.

Instead of out one can ask h, the second of the results of nn.LSTM. For packed sequences it holds
the state after the last valid step of each; but it holds that of every layer and direction. With 2
layers and both directions, h is (4, N, H):

    h[0]   layer 1, forward
    h[1]   layer 1, backward
    h[2]   layer 2, forward    ─┐
    h[3]   layer 2, backward   ─┴─▶  final: (N, 2 · H), the forward half first

The backward half reads from the end, so its final state is the one at time 0. That is why
`final(h, …)` and `last_valid(out, …)` are the same for one direction, and not for two.

Write both.

- The padding has no influence, not even a NaN or an infinity there.
- Gradients reach what was read, and are 0 everywhere else.
- The batch may be of 1 or of 0 sequences.

Do it for all sequences at once: the number of torch operations must not grow with N, T or the
number of layers. Not allowed: `tolist` and numpy. The rest of torch is.
"""

import torch
from torch import Tensor


def last_valid(out: Tensor, lengths: Tensor) -> Tensor:
    """Take from each sequence its last step that is not padding.

    Args:
        out: shape (N, T, F), any dtype. T is at least 1.
        lengths: int64, shape (N,), on the device of `out`: how many steps of each sequence are
            valid, from 1 to T, in any order.

    Returns:
        A tensor of shape (N, F), of the dtype of `out` and on its device. Nothing is changed.

    >>> out = torch.tensor([[[1], [2], [3]], [[4], [5], [0]]])
    >>> last_valid(out, torch.tensor([3, 2]))
    tensor([[3],
            [5]])
    """
    return out.take_along_dim((lengths - 1)[:, None, None], dim=1).squeeze(1)


def final(h: Tensor, layers: int, bidirectional: bool) -> Tensor:
    """Take the last layer's state from the h that nn.LSTM returns.

    Args:
        h: shape (layers · directions, N, H), any dtype. H is at least 1. The directions of a layer
            follow each other, forward and backward, and the layers from the first to the last.
        layers: how many layers the LSTM has, at least 1.
        bidirectional: whether there are two directions, and not one.

    Returns:
        A tensor of shape (N, H), or (N, 2 · H) with the forward half first, of the dtype of `h`
        and on its device. Nothing is changed.

    Raises:
        ValueError: the first side of h is not layers · directions.

    >>> h = torch.tensor([[[1]], [[2]], [[3]], [[4]]])
    >>> final(h, layers=2, bidirectional=True)
    tensor([[3, 4]])
    >>> final(h, layers=4, bidirectional=False)
    tensor([[4]])
    """
    directions = 2 if bidirectional else 1
    if len(h) != layers * directions:
        raise ValueError(f"h of shape {tuple(h.shape)} is not that of {layers=}, {bidirectional=}")
    return torch.cat(h[-directions:].unbind(), dim=1)


HINTS = (
    "For last_valid: each row of the batch reads another time. A pair of indices, one that numbers "
    "the rows and one that names a time for each, reads one step of each row; so does gather.",
    "The last of 4 steps has the index 3. And with gather, the index needs three dimensions, as "
    "out has.",
    "For final: the last layer's states are the last one or two of h. They stand one after the "
    "other; the result has them side by side, within each sequence.",
    "torch.cat along the last dimension puts side by side. A reshape of (2, N, H) to (N, 2 · H) "
    "keeps the order in memory, and so mixes the sequences.",
)

TAKE_ALONG = (
    "out[:, -1] is padding for all but the longest sequences, and for the backward direction one "
    "step only. h knows the end of each sequence; of its first side you want the last layer."
)

APPROACH = (
    "take_along_dim broadcasts the index over the features, so that it needs no expand. unbind and "
    "cat put one or two directions side by side with the same line."
)
