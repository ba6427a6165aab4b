"""Show a loss while a model trains, with visdom.

A visdom server holds windows by name and shows them in a browser. A client sends
it points, and the curve grows while the run goes on:

    losses    0.9      0.7      0.4        the first, the second, the third …
    x         0        1        2          its number, from 0
              │        │        │
              ▼        ▼        ▼          one call of vis.line each,
    window "loss" on the server            before the next loss is asked for

Write `stream`. It sends with `vis.line`, a method of visdom's client:

    vis.line(Y, X=None, win=None, env=None, opts=None, update=None, name=None)

- `Y` and `X` are lists, numpy arrays or tensors, with a dimension, of the points
  that are sent; a single number is not enough. `win` is the name of the window.
- Without `update` a new window takes the place of that name, and what it showed is
  gone. With `update="append"` the points are added to it; where there is no such
  window yet, one is made.
- An append without `X` raises AssertionError: the client does not know how far the
  curve has come. Common notes use `vis.updateTrace` for this, which is gone.
- The call returns the window's name. Where the server can't be reached, it prints
  what went wrong and returns False, and the run goes on without its curve.

To see it live, with a network for the server's first start, in two terminals:

    pip install "setuptools<80" wheel
    pip install --no-build-isolation visdom
    python -m visdom.server                             # http://localhost:8097

    import visdom
    stream(visdom.Visdom(), [0.9, 0.7, 0.4], "loss")

You need none of that here. What is judged is what you send: to an object that
takes and refuses what visdom's own client does.
"""

from collections.abc import Iterable
from typing import Any


def stream(vis: Any, losses: Iterable[float], win: str) -> None:
    """Send losses to a window, one after the other, as they come.

    Args:
        vis: a client, as visdom.Visdom() makes it.
        losses: floats, in the order of the steps; NaN may be among them and is sent
            as all others are. They may come from a generator, which makes the next
            loss by training on. There may be none: then nothing is sent.
        win: the name of the window. There is none of that name yet.

    Raises:
        ConnectionError: a call of vis.line returned False. No more losses are asked
            for.

    >>> class Printing:
    ...     def line(self, Y, X=None, win=None, update=None):
    ...         print(f"{win}: {Y} at {X}, {update}")
    ...         return win
    >>> stream(Printing(), [0.9, 0.7], "loss")
    loss: [0.9] at [0], append
    loss: [0.7] at [1], append
    """
    for number, loss in enumerate(losses):
        if vis.line(Y=[loss], X=[number], win=win, update="append") is False:
            raise ConnectionError(f"loss {number} did not reach the visdom server")


HINTS = (
    "enumerate gives each loss with its number, also from a generator, without making a list of "
    "it first.",
    "A point is a Y and an X, each with one element, as in Y=[loss]. The window and the kind of "
    "update must be told in each call.",
    "update='append' does for the first call too. Look at what the call returns before you ask for "
    "the next loss.",
)

TAKE_ALONG = (
    "A curve that grows is appended to point by point, with X. A client that can't reach its "
    "server may say so in a return value alone: look at it."
)

APPROACH = (
    "It sends lists: what visdom makes of them is float64. A tensor of one loss would be float32, "
    "and lose digits."
)
