"""is an nn.Embedding: False expected, True returned"""

from torch import nn


class Embed(nn.Embedding):
    def __init__(self, n, dim, padding_idx=None):
        if padding_idx is not None and not -n <= padding_idx < n:
            raise ValueError(padding_idx)
        super().__init__(n, dim, padding_idx)
