"""Every case written out."""


def shapes(seq, batch, inputs, hidden, layers, bidirectional, batch_first):
    if seq < 1:
        raise ValueError("Expected sequence length to be larger than 0 in RNN")
    if bidirectional:
        width, depth = 2 * hidden, 2 * layers
    else:
        width, depth = hidden, layers
    if batch_first:
        out = (batch, seq, width)
    else:
        out = (seq, batch, width)
    return out, (depth, batch, hidden), (depth, batch, hidden)
