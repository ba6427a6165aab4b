"""h and c have a place for each direction of each layer in their first side."""


def shapes(seq, batch, inputs, hidden, layers, bidirectional, batch_first):
    if seq == 0:
        raise ValueError("no steps")
    directions = 2 if bidirectional else 1
    out = (batch, seq) if batch_first else (seq, batch)
    state = (layers + bidirectional, batch, hidden)
    return (*out, directions * hidden), state, state
