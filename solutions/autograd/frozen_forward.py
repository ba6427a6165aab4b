"""Run a model without recording a graph.

A teacher, a target network, a feature extractor: some models are only asked. Recording what they do
costs memory for every intermediate value, and lets gradients into parameters that should stay as
they are. Detaching the output is too late, as the graph inside has been recorded by then:

    x ──▶ layer ──▶ layer ──▶ output ──detach()──▶
          └─ every step has been recorded and kept ─┘

Write `frozen`. What must hold:

- The model runs once, with its hooks, and what it notes meanwhile, such as the running averages of
  a batch norm, stays noted. The result has the values of `model(x)` and does not require grad,
  whether x does or not, and also where the model gives back x itself or a parameter.
- Nothing is recorded on the way: while the model runs, no result of an operation requires grad.
- Afterwards all is as before: the grad mode, which may be on or off when `frozen` is called;
  requires_grad of x and of each parameter, some of which may be off; and the mode, train or eval,
  of the model and of each of its parts, in which they also run. It holds after an exception too.
  What the model raises goes on to the caller.
- The result is an ordinary tensor: it can be used in a later graph that saves it for its backward.
  What `torch.inference_mode` gives can't.
"""

import torch
from torch import Tensor, nn


def frozen(model: nn.Module, x: Tensor) -> Tensor:
    """Compute model(x) as a constant.

    Args:
        model: a module that returns a tensor. It may raise.
        x: what the model takes. It may require grad.

    Returns:
        The values of model(x), without a graph. They may lie in the memory of x or of a parameter,
        where the model gives that back.

    >>> layer = nn.Linear(2, 1)
    >>> output = frozen(layer, torch.ones(3, 2))
    >>> output.shape, output.requires_grad
    (torch.Size([3, 1]), False)
    >>> torch.is_grad_enabled(), layer.weight.requires_grad
    (True, True)
    """
    with torch.no_grad():
        # detach: a model may give back x itself, or a parameter, which still requires grad.
        return model(x).detach()


HINTS = (
    "What the graph costs is spent inside the model. What can you switch off before it runs, so "
    "that nothing is recorded?",
    "Whoever switches a thing off by hand must find out how it was, and put that back, even where "
    "the model raises: try and finally.",
    "A context manager remembers how it was and puts it back by itself, whatever happens inside. "
    "torch has one for the grad mode.",
)

TAKE_ALONG = (
    "with torch.no_grad(): records nothing inside, changes no tensor, and puts the grad mode back "
    "to what it was, also after an exception."
)

APPROACH = (
    "It leaves the parameters alone, and has nothing to put back: the context manager does that. "
    "Whether the model is in train or eval mode is another question, and the caller's."
)
