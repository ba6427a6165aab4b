"""shapes answers without making or using tensors or modules."""

import torch
from torch import nn


def shapes(seq, batch, inputs, hidden, layers, bidirectional, batch_first):
    model = nn.LSTM(inputs, hidden, layers, batch_first=batch_first, bidirectional=bidirectional)
    x = torch.zeros(batch, seq, inputs) if batch_first else torch.zeros(seq, batch, inputs)
    out, (h, c) = model(x)
    return tuple(out.shape), tuple(h.shape), tuple(c.shape)
