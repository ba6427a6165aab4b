"""With one layer that reads forwards, out has a side for the time; h and c have none."""


def shapes(seq, batch, inputs, hidden, layers, bidirectional, batch_first):
    if seq == 0:
        raise ValueError("no steps")
    directions = 2 if bidirectional else 1
    if batch == 1:
        return (
            (seq, directions * hidden),
            (layers * directions, hidden),
            (
                layers * directions,
                hidden,
            ),
        )
    out = (batch, seq) if batch_first else (seq, batch)
    state = (layers * directions, batch, hidden)
    return (*out, directions * hidden), state, state
