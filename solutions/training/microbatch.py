"""The gradients of a large batch, in small parts.

A batch of 64 may not fit into memory, since its graph holds what every layer needs for
backward. Cut it into chunks: forward and backward for each, and the graph of one is
gone before the next one is built. backward adds to .grad, so the gradients of the
chunks add up by themselves. Then one step follows, as if the batch had been whole.

    whole     10 samples      loss = mean of 10                        backward
    k = 3      4 samples      mean of 4, taken times 4 / 10            backward
               4 samples      mean of 4, taken times 4 / 10            backward
               2 samples      mean of 2, taken times 2 / 10            backward

A loss is a mean over the samples that it is given. The sum of three means is about
three times too large, and a third of it is right only where all chunks have the same
size.

Write `accumulate`. What must hold:

- The gradients of `loss_fn(model(x), y)` are added to what .grad of the parameters
  holds, as one backward for the whole batch would add them. A parameter without a part
  in the loss keeps its .grad, None too.
- The samples go through the model in order, each once, in at most k chunks. None has
  more samples than it takes: n / k, rounded up. Where there are fewer samples than
  chunks, no chunk is empty: the mean of nothing is NaN.
- The graph of a chunk is not kept when the next ones come.
- Nothing else changes: the parameters take no step.

It works for models whose samples don't look at each other. Batch norm in training
does: it normalizes each chunk by itself, and no factor mends that.
"""

from collections.abc import Callable

import torch
from torch import Tensor, nn


def accumulate(
    model: nn.Module,
    loss_fn: Callable[[Tensor, Tensor], Tensor],
    x: Tensor,
    y: Tensor,
    k: int,
) -> None:
    """Add the gradients of a batch's loss to .grad, chunk by chunk.

    Args:
        model: takes inputs and gives predictions, for each sample by itself.
        loss_fn: takes predictions and targets, and gives their mean loss, 0-dim.
        x: the inputs of the batch, shape (n, ...), n at least 1. They require no grad.
        y: the targets, shape (n, ...).
        k: the largest number of chunks, at least 1.

    >>> model = nn.Linear(1, 1, bias=False)
    >>> _ = nn.init.zeros_(model.weight)
    >>> x, y = torch.ones(3, 1), torch.tensor([[1.0], [2.0], [6.0]])
    >>> accumulate(model, nn.functional.mse_loss, x, y, k=2)
    >>> model.weight.grad
    tensor([[-6.]])
    >>> accumulate(model, nn.functional.mse_loss, x, y, k=3)
    >>> model.weight.grad
    tensor([[-12.]])
    """
    for inputs, targets in zip(x.chunk(k), y.chunk(k), strict=True):
        loss = loss_fn(model(inputs), targets)
        (loss * (len(inputs) / len(x))).backward()


HINTS = (
    "Two chunks, of 4 samples and of 2: what must you do to a mean of 4 and a mean of 2 to get the "
    "mean of 6 by adding?",
    "Gradients go along with factors: scale the loss before backward, by the chunk's share of the "
    "samples.",
    "torch.chunk gives at most k chunks, none of them empty; split wants the size of a chunk, and "
    "tensor_split gives exactly k, some of them perhaps empty.",
    "Call backward within the loop. A sum of losses that is kept until the end keeps all graphs.",
)

TAKE_ALONG = (
    "Weigh each chunk's mean by its share of the batch, and call backward at once: same gradients, "
    "a fraction of the memory. Clear .grad before the first chunk, not between them."
)
