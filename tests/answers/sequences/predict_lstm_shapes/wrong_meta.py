"""shapes answers without making or using tensors or modules."""

from torch import nn


def shapes(seq, batch, inputs, hidden, layers, bidirectional, batch_first):
    if seq == 0:
        raise ValueError("no steps")
    with_directions = nn.LSTM(inputs, hidden, layers, bidirectional=bidirectional, device="meta")
    directions = 2 if with_directions.bidirectional else 1
    out = (batch, seq) if batch_first else (seq, batch)
    state = (layers * directions, batch, hidden)
    return (*out, directions * hidden), state, state
