"""Mend the loss of an epoch.

An epoch takes one training step for each batch. What is logged afterwards is one
number: the mean loss of all samples that were trained on, each of them measured just
before the step that it took part in. A batch reports the mean of its own samples, and
the last batch is often smaller than the others:

    batch      samples    mean loss
    1          4          1.0
    2          4          2.0
    3          1          9.0             Σ loss · samples / Σ samples
                                          (4 · 1.0 + 4 · 2.0 + 1 · 9.0) / 9  =  2.33

The function below divides the sum of the batch losses by `len(loader)`, as common
notes do, and comes to 4.0: the one sample of the last batch counts as much as the
four of another one.

Mend `train_epoch`. What must hold:

- The result is the mean over the samples that came, a Python float. How many there
  are, only the batches tell: a loader can leave out the last samples of its dataset
  (`drop_last=True`), it can draw some twice, and it can be a generator, which has no
  length and can be read once.
- For each batch, in order, the optimizer takes one step, with the gradients of that
  batch's loss alone. What .grad held before has no influence.
- The graph of a batch is not kept when the next ones come: an epoch must not need more
  memory than a step. So add up numbers, or what is detached; not the loss.
- Each batch is moved to `device`.
"""

from collections.abc import Callable, Iterable

import torch
from torch import Tensor, nn


def train_epoch(
    model: nn.Module,
    loader: Iterable[tuple[Tensor, Tensor]],
    loss_fn: Callable[[Tensor, Tensor], Tensor],
    optimizer: torch.optim.Optimizer,
    device: torch.device,
) -> float:
    """Train on each batch once, and give the mean loss of a sample.

    Args:
        model: takes inputs and gives predictions. It lies on `device`, and it is in
            training mode.
        loader: gives pairs (x, y), as tuples or lists, of inputs and targets on any
            device. The first dimension of both is that of the samples, at least one.
        loss_fn: takes predictions and targets, and gives the mean loss of the batch's
            samples, 0-dim.
        optimizer: holds the model's parameters.
        device: where the model is trained.

    Returns:
        The mean loss of all samples.

    Raises:
        ValueError: no batch came, so that there is no mean.

    >>> model = nn.Linear(1, 1, bias=False)
    >>> optimizer = torch.optim.SGD(model.parameters(), lr=0.0)
    >>> batches = [(torch.zeros(3, 1), torch.ones(3, 1)), (torch.zeros(1, 1), torch.zeros(1, 1))]
    >>> train_epoch(model, batches, nn.functional.mse_loss, optimizer, torch.device("cpu"))
    0.75
    """
    total, samples = 0.0, 0
    for inputs, targets in loader:
        x, y = inputs.to(device), targets.to(device)
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
        samples += len(x)
    if not samples:
        raise ValueError("the loader gave no batch, and an epoch without samples has no mean loss")
    return total / samples


HINTS = (
    "Write down two batches, one of 3 samples and one of 1, with the losses 1.0 and 5.0. What is "
    "the mean of the four samples, and what does the function give?",
    "The mean of a batch times its number of samples is the sum over its samples. Sums may be "
    "added. By what is the total divided at the end?",
    "Count the samples as they come, with len(x). Neither len(loader) nor len(loader.dataset) "
    "knows how many were trained on.",
    "Where nothing was counted, raise the ValueError before you divide.",
)

TAKE_ALONG = (
    "The mean of an epoch weighs each batch by its samples. The mean of the batches' means is "
    "another number as soon as one batch is smaller."
)

APPROACH = (
    "It adds Python numbers. Adding loss.detach() * len(x) on the device spares the wait that "
    "item() brings for each batch on a GPU."
)
