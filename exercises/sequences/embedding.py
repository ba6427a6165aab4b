"""A vector for each word: an embedding.

A network can't compute with word number 3. So each of n words has a vector of its own, a row of a
weight that is trained, and the layer looks the rows up:

    ids (2, 3)                weight (5, 2)            layer(ids) (2, 3, 2)
    [[3, 1, 3],         0     0.0  0.0                 [[row 3, row 1, row 3],
     [4, 0, 0]]         1    -0.2  0.7       ──▶        [row 4, row 0, row 0]]
                        2     1.1  0.3
                        3    -0.9  0.4          going back, row 3 gets the gradients of both
                        4     0.5  0.8          its places, added up

Short sentences are filled up with a word that means nothing, say word 0. With `padding_idx=0` the
layer knows of it: row 0 starts as zeros, and no lookup gives it a gradient. So it stays as it is,
whatever is trained. That is all: what it holds is what comes out. Whoever loads a weight with
another row 0 gets that row.

Write the class `Embed`, an `nn.Module`.

- Its only parameter is `weight` of shape (n, dim), so that its state dict can be loaded into an
  nn.Embedding and the other way round. It starts with samples of the standard normal
  distribution (mean 0, standard deviation 1), but for the padding's row; in torch's default dtype.
- ids can have any number of dimensions, none too, with sides of any length, 0 too.
- Only rows that are named have a part in the result: a NaN in another one does not matter.
- Only the lookup leaves the padding out. Where `weight` is used for something else too, as models
  do that also score the words with it, the padding's row gets that gradient.
- All of this holds in a deep copy, after `double()` and where the weight is frozen too.

The number of torch operations must not grow with the number of ids. Not allowed: torch's own
embeddings, such as nn.Embedding and `F.embedding`; `tolist` and numpy. The rest of torch is.
"""

import torch
from torch import Tensor, nn


class Embed(nn.Module):
    """A table of vectors, as nn.Embedding is.

    Args:
        n: how many words there are, at least 1.
        dim: the length of a vector, at least 1.
        padding_idx: the word that fills up, from -n to n - 1; negative ones count from the end, as
            in nn.Embedding. None: there is no such word.

    Raises:
        ValueError: padding_idx is no such number.

    >>> layer = Embed(3, 2, padding_idx=0)
    >>> layer.weight.shape, layer.weight[0].tolist()
    (torch.Size([3, 2]), [0.0, 0.0])
    >>> _ = layer.load_state_dict({"weight": torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])})
    >>> layer(torch.tensor([2, 0, 2])).tolist()
    [[5.0, 6.0], [1.0, 2.0], [5.0, 6.0]]
    >>> layer(torch.tensor([2, 0, 2])).sum().backward()
    >>> layer.weight.grad.tolist()
    [[0.0, 0.0], [0.0, 0.0], [2.0, 2.0]]
    """

    def __init__(self, n: int, dim: int, padding_idx: int | None = None) -> None:
        raise NotImplementedError

    def forward(self, ids: Tensor) -> Tensor:
        """Look up a row for each id.

        Args:
            ids: int64, any shape, on the device of the weight. Values from 0 to n - 1.

        Returns:
            A tensor of shape (*ids.shape, dim), of the dtype of the weight. ids is left as it was.
        """
        raise NotImplementedError
