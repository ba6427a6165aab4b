"""Predict the classes of a whole loader.

A classifier gives a row of scores for each sample. The class that is predicted is the
place of the largest one, not the score itself:

    scores  0.1  2.5  0.3       largest  2.5  at 1        class 1
            4.0  0.2  0.2                4.0  at 0              0

A loader gives the samples batch by batch, and the answer is one tensor for all, in
their order:

    batch of 2    [1, 0] ─┐
    batch of 2    [2, 2] ─┼─▶  [1, 0, 2, 2, 1]        int64, on the CPU
    batch of 1    [1]    ─┘

Write `predict`. What must hold:

- A batch is a tensor of inputs, or a tuple or list whose first part is that tensor.
  The rest, such as labels, is not looked at. A loader that is used for training gives
  pairs; one for new data has nothing else to give. Ask for the type: a tensor of two
  rows can be unpacked, too.
- Each batch is moved to `device` and goes through the model once, with all modules in
  evaluation mode and nothing recorded, as in `evaluate`. Afterwards each module's mode
  is as before, and whether torch records gradients, also where the model or the loader
  raises an exception, which goes on to the caller.
- The result lies on the CPU, wherever the model is: predictions of a large data set
  must not fill the accelerator.
- A loader that gives no batch has a result of shape (0,), with the same dtype.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import torch
from torch import Tensor, nn


def predict(model: nn.Module, loader: Iterable, device: torch.device) -> Tensor:
    """Predict the class of each sample.

    Args:
        model: takes inputs and gives scores of shape (N, C). It lies on `device`.
        loader: gives batches as above, on any device, of at least one sample each. It
            may be a generator, and it is read once.
        device: where the model is.

    Returns:
        An int64 tensor of shape (samples,) on the CPU, in the order of the loader. It
        does not require grad. Where two scores of a sample are largest, either class
        will do.

    >>> model = nn.Sequential(nn.Dropout(0.5), nn.Identity())
    >>> first, second = torch.tensor([[0.1, 2.5, 0.3], [4.0, 0.2, 0.2]]), torch.eye(3)
    >>> predict(model, [first, second], torch.device("cpu"))
    tensor([1, 0, 0, 1, 2])
    >>> predict(model, [(second, torch.zeros(3))], torch.device("cpu"))
    tensor([0, 1, 2])
    >>> predict(model, [], torch.device("cpu"))
    tensor([], dtype=torch.int64)
    """
    parts = [torch.empty(0, dtype=torch.int64)]
    with _evaluating(model):
        for batch in loader:
            x = batch if isinstance(batch, Tensor) else batch[0]
            parts.append(model(x.to(device)).argmax(1).cpu())
    return torch.cat(parts)


@contextmanager
def _evaluating(model: nn.Module) -> Iterator[None]:
    """Evaluation mode without recording; afterwards each module has its own mode again."""
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    try:
        with torch.no_grad():
            yield
    finally:
        for module, training in modes:
            module.training = training


HINTS = (
    "max over a dimension gives values and indices, argmax the indices alone. Which dimension "
    "holds the classes?",
    "isinstance(batch, torch.Tensor) tells a tensor from a tuple or list. What does batch[0] mean "
    "for each of them?",
    "torch.cat joins what the batches gave, and refuses an empty list. What can you put into the "
    "list before the first batch?",
    "Move each batch's classes to the CPU as they come. The modes are put back as in evaluate.",
)

TAKE_ALONG = (
    "argmax over the classes, to the CPU batch by batch, cat at the end. And think of the loader "
    "that gives nothing."
)
