"""One training step.

Every training loop repeats the same few calls. Each is one line, and their order matters:

    clear the gradients      backward() adds to what .grad holds from earlier batches
    prediction, loss         with the parameters as they are now
    backward                 fills .grad
    step                     the optimizer reads .grad and changes the parameters

A clearing between backward and step throws the new gradients away. A step before backward uses
those of the batch before.

Write `train_step`, for any model, loss and optimizer:

- The optimizer takes one step, with the gradients of this batch's loss alone. Whatever any .grad
  held before the call has no influence. The optimizer may hold parameters that are not the
  model's, such as those of a loss that learns: their old gradients don't count either. One that
  has no part in the loss stays as it is, even under an optimizer that lets weights decay.
- The result is the loss of the parameters before the step, as a Python float. A tensor would keep
  the graph, and with it the memory of every step of an epoch.
- The model and the loss are called once each: `model(x)`, which runs the model's hooks, and
  `loss_fn(prediction, y)`, in this order of arguments.

What the .grad of the parameters hold after the call is up to you. `x` and `y` are left as they
were.
"""

from collections.abc import Callable

import torch
from torch import Tensor, nn


def train_step(
    model: nn.Module,
    loss_fn: Callable[[Tensor, Tensor], Tensor],
    optimizer: torch.optim.Optimizer,
    x: Tensor,
    y: Tensor,
) -> float:
    """Train on one batch.

    Args:
        model: takes x and gives a prediction. It is in training mode.
        loss_fn: takes the prediction and y, and gives a 0-dim tensor. It can be a function or a
            module, with parameters of its own.
        optimizer: one that needs no closure, such as SGD or Adam. It may hold all of the model's
            parameters, some of them, and others.
        x: a batch of inputs.
        y: the targets.

    Returns:
        The loss of this batch before the step.

    >>> model = nn.Linear(1, 1, bias=False)
    >>> nn.init.constant_(model.weight, 3.0)
    Parameter containing:
    tensor([[3.]], requires_grad=True)
    >>> optimizer = torch.optim.SGD(model.parameters(), lr=0.25)
    >>> x, y = torch.tensor([[1.0]]), torch.tensor([[1.0]])
    >>> train_step(model, nn.functional.mse_loss, optimizer, x, y)
    4.0
    >>> train_step(model, nn.functional.mse_loss, optimizer, x, y)
    1.0
    """
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.item()


HINTS = (
    "Which of the calls reads .grad, which writes it, and which clears it? What must have happened "
    "to .grad when the optimizer steps?",
    "model.zero_grad() clears the model's parameters. Who knows all the parameters that will be "
    "moved?",
    "Clear at any place before backward, and not between backward and step. The tensor that "
    "loss_fn gave keeps its value when the parameters change, and a tensor of one element has a "
    "method that gives its number.",
)

TAKE_ALONG = (
    "zero_grad, forward, backward, step. Clear with optimizer.zero_grad(), and keep loss.item() "
    "rather than loss."
)

APPROACH = (
    "It clears first, so that nothing that happened to .grad between two calls counts, and asks "
    "the optimizer to do it, which knows every parameter that it will move."
)
