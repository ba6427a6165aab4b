"""Walks through the layers, as the LSTM does."""


def shapes(seq, batch, inputs, hidden, layers, bidirectional, batch_first):
    if not seq > 0:
        raise ValueError("no steps")
    directions = ("forward", "backward") if bidirectional else ("forward",)
    states, width = [], inputs
    for _ in range(layers):
        states += [(batch, hidden) for _ in directions]
        width = sum(hidden for _ in directions)
    h = (len(states), *states[0])
    return ((batch, seq) if batch_first else (seq, batch)) + (width,), h, h
