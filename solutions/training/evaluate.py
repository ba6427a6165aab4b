"""Measure a model, and leave it as it was.

Evaluation asks two switches for two different things, and each does only its own:

    model.eval()        how layers compute: dropout lets all through, batch norm
                        takes its running averages and leaves them alone
    torch.no_grad()     what is recorded: no graph, and so no memory for backward

Common notes say that `model.eval()` is enough to validate. The numbers are right then,
but a graph is built for each batch. With `no_grad` alone the numbers are wrong:
dropout still drops, and batch norm still follows every batch that it sees, so that
the model has changed when it has been measured.

Afterwards training goes on. A model is not in one mode: each of its modules has its
own `training`, and whoever fine-tunes keeps some of them in evaluation all the time.
`model.train()` at the end would wake those up.

    before    net True      net.norm False      net.head True
    inside        False              False               False
    after         True               False               True

Write `evaluate`. What must hold:

- The loss is the mean over all samples, each counting as much as any other, also in a
  smaller last batch. The accuracy is the share of the samples whose largest score is
  that of their class. Both are Python floats. How many samples there are, only the
  batches tell; the loader may be a generator, and it is read once.
- Each batch is moved to `device` and goes through the model once. Meanwhile all of its
  modules are in evaluation mode, and nothing is recorded.
- Afterwards each module's mode is as before, and so are parameters, their
  requires_grad, buffers, and whether torch records gradients. This holds too where the
  model, the loss or the loader raises an exception, which goes on to the caller.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import torch
from torch import Tensor, nn


def evaluate(
    model: nn.Module,
    loader: Iterable[tuple[Tensor, Tensor]],
    loss_fn: Callable[[Tensor, Tensor], Tensor],
    device: torch.device,
) -> tuple[float, float]:
    """Compute mean loss and accuracy of a classifier.

    Args:
        model: takes inputs and gives scores of shape (N, C). It lies on `device`.
        loader: gives pairs (x, y), as tuples or lists, on any device: N inputs, at
            least one, and their classes, int64 of shape (N,).
        loss_fn: takes scores and classes, and gives the mean loss of the batch's
            samples, 0-dim.
        device: where the model is.

    Returns:
        The tuple (loss, accuracy). An accuracy lies between 0 and 1.

    Raises:
        ValueError: no batch came, so that there is no mean.

    >>> model = nn.Sequential(nn.Dropout(0.5), nn.Identity())
    >>> scores, y = torch.tensor([[2.0, 1.0], [0.0, 3.0], [5.0, 4.0]]), torch.tensor([0, 1, 1])
    >>> batches = [(scores[:2], y[:2]), (scores[2:], y[2:])]
    >>> loss, accuracy = evaluate(model, batches, nn.functional.cross_entropy, torch.device("cpu"))
    >>> round(loss, 4), round(accuracy, 4)
    (0.5584, 0.6667)
    >>> model.training
    True
    """
    total, right, samples = 0.0, 0, 0
    with _evaluating(model):
        for inputs, classes in loader:
            x, y = inputs.to(device), classes.to(device)
            scores = model(x)
            total += loss_fn(scores, y).item() * len(y)
            right += int((scores.argmax(1) == y).sum())
            samples += len(y)
    if not samples:
        raise ValueError("the loader gave no batch, and without samples there is no mean")
    return total / samples, right / samples


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
    "For the numbers: add up loss · samples, right predictions and samples over the batches, and "
    "divide at the end.",
    "model.modules() gives the model and all modules within it. Note the training of each before "
    "you call eval().",
    "An exception leaves a function at once. What stands in a finally block runs all the same, and "
    "a with block puts back what it switched.",
    "train(mode) sets a module and all below it. To set one alone, assign to its training.",
)

TAKE_ALONG = (
    "eval() and no_grad() are two switches, and evaluation needs both. Put back what you found, "
    "module by module, in a finally block."
)

APPROACH = (
    "A context manager of its own holds what is switched and put back, so that the loop reads as "
    "if there were nothing to it."
)
