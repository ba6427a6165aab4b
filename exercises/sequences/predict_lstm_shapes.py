"""Which shapes does an LSTM give back?

`out, (h, c) = model(x)`: three tensors come out of an nn.LSTM, and their shapes don't follow one
rule. Read a sequence of 5 steps, batch of 2, with 3 layers of 4 hidden units, in both directions:

    model = nn.LSTM(7, 4, num_layers=3, bidirectional=True)
    x       (5, 2, 7)            time, batch, inputs

    out     (5, 2, 4 + 4)        h of the LAST layer, at EVERY time; both directions side by side
    h       (3 · 2, 2, 4)        h of EVERY layer and direction, after its LAST step
    c       (3 · 2, 2, 4)        the memory that goes with it

    layer 3   ▢ ▢ ▢ ▢ ▢  ◀── out: the top row, all times
    layer 2   ▢ ▢ ▢ ▢ ▢
    layer 1   ▢ ▢ ▢ ▢ ▢
                      ▲
                      └───── h and c: the last column (that of the first time, for the backward
              time ──▶       direction, which reads from the end), all layers

Common notes get two things wrong. They say that batch_first=True puts the batch first everywhere:
it does so in x and in out; h and c stay as they are. And they take num_layers for the number of
steps: layers lie on top of each other, and how many steps there are is decided by x alone.

Write `shapes`. The batch may be of 0 sequences, but a sequence of 0 steps is refused by torch. You
answer from what you know: `shapes` must not make or use tensors, arrays or modules.
"""

Shape = tuple[int, ...]


def shapes(
    seq: int,
    batch: int,
    inputs: int,
    hidden: int,
    layers: int,
    bidirectional: bool,
    batch_first: bool,
) -> tuple[Shape, Shape, Shape]:
    """Predict the shapes of the output, of h and of c.

    Args:
        seq: how many steps a sequence has, 0 or more.
        batch: how many sequences there are, 0 or more.
        inputs, hidden, layers: `input_size`, `hidden_size` and `num_layers` of the nn.LSTM, each at
            least 1.
        bidirectional: whether it reads the sequence backwards too.
        batch_first: whether x is of shape (batch, seq, inputs), and not (seq, batch, inputs).

    Returns:
        A tuple of three shapes, those of out, h and c. Each is a tuple of ints.

    Raises:
        ValueError: the sequence has no step.

    >>> shapes(5, 2, 7, 4, 3, bidirectional=True, batch_first=False)
    ((5, 2, 8), (6, 2, 4), (6, 2, 4))
    >>> shapes(seq=5, batch=2, inputs=7, hidden=4, layers=1, bidirectional=False, batch_first=False)
    ((5, 2, 4), (1, 2, 4), (1, 2, 4))
    """
    raise NotImplementedError
