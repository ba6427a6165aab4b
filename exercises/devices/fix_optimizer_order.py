"""An optimizer whose state is left behind.

Common notes say: "cuda() replaces the parameters, so build the optimizer after it." They don't get
replaced. `model.to(device)` keeps the Parameter objects and puts their data elsewhere, and an
optimizer that holds them sees that. What does not come along is what the optimizer keeps itself:

    parameter p      ── model.to("cuda") ──▶  p, the same object, on cuda
    optimizer
      param_groups   holds p                  fine: it is the same object
      state[p]       sum, on the CPU          still on the CPU: the next step fails

torch.optim.Adagrad makes its state at once, when it is built. Most others, such as Adam or SGD with
momentum, make it at the first step: with them trouble starts where a model is moved in the middle
of training.

Mend `build` and `optimizer_to`. Both leave state on the device where it was.

- `build` moves the model itself and makes an optimizer whose state is on the device from the start.
- `optimizer_to` is called after the model has moved. It moves the state of any optimizer of
  torch.optim whose state, for each parameter, is a dict of tensors, numbers and Nones: SGD, Adam,
  AdamW, RMSprop, Adagrad. Training goes on as if there had been no move: the optimizer stays the
  same, with its parameters, its settings, and all values and dtypes of its state.
- Not all of the state must move. The count of steps, `state[p]["step"]`, is a 0-dim tensor that
  lives on the CPU whatever the device; it may stay there or come along. (With fused or capturable
  it is otherwise; here both are off.) What is kept for a 0-dim parameter is 0-dim too, and moves.

All of torch is allowed.
"""

import torch
from torch import nn


def build(model: nn.Module, device: torch.device | str, lr: float) -> torch.optim.Adagrad:
    """Move a model to a device, and make an Adagrad for all of its parameters.

    Args:
        model: on any device. It is moved itself, and keeps its Parameter objects.
        device: where it will be trained, any device.
        lr: the learning rate.

    Returns:
        A torch.optim.Adagrad, one group with all parameters in the model's order. But for lr, its
        settings are the defaults.

    >>> model = nn.Linear(3, 2)
    >>> optimizer = build(model, "cpu", lr=0.5)
    >>> [value["sum"].device.type for value in optimizer.state.values()]
    ['cpu', 'cpu']
    """
    optimizer = torch.optim.Adagrad(model.parameters(), lr=lr)
    model.to(device)
    return optimizer


def optimizer_to(optimizer: torch.optim.Optimizer, device: torch.device | str) -> None:
    """Move the state of an optimizer to the device that its parameters are on.

    Args:
        optimizer: any of those named above, before its first step or after many. It is changed.
        device: where all of its parameters are.

    >>> w = torch.zeros(2, requires_grad=True)
    >>> optimizer = torch.optim.SGD([w], lr=0.5, momentum=0.5)
    >>> w.sum().backward()
    >>> optimizer.step()
    >>> optimizer_to(optimizer, "cpu")
    >>> optimizer.state[w]["momentum_buffer"]
    tensor([1., 1.])
    """
    for state in optimizer.state.values():
        for value in state.values():
            if isinstance(value, torch.Tensor):
                value.to(device)
