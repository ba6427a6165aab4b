"""A table of a model's parameters.

How large is a model, and where are its parameters? A walk over the registers tells:

    model                           parameters            buffers
    ├─ embed   Embedding(9, 4)      embed.weight   36
    ├─ norm    BatchNorm1d(4)       norm.weight     4     norm.running_mean, norm.running_var,
    │                               norm.bias       4     norm.num_batches_tracked
    └─ out     Linear(4, 9)         out.bias        9     (out.weight is embed.weight: tied)
                                                   ──
                                                   53

The state dict is no such table. It has the buffers too, and a tied parameter under each of its
names.

Write `table` and `count`.

- A parameter is in the table once, however many names it has, under the first of them in the order
  of `named_parameters()`. So is one of a module that stands in the model several times.
- Frozen parameters, which don't require grad, are in the table. `count` leaves them out with
  `trainable=True`.
- Buffers are not parameters. A plain tensor in an attribute isn't one either.
- Only sizes count, so that a model on the device "meta", which has no memory, can be counted too.
- The model is left as it was.
"""

import torch
from torch import nn


def table(m: nn.Module) -> dict[str, int]:
    """How many numbers each parameter of a model holds.

    Args:
        m: any module, also one without parameters.

    Returns:
        A dict from name to number of elements, ints, in the order of `m.named_parameters()`. A
        0-dim parameter has 1 element, and one with a side of 0 has none.

    >>> model = nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2))
    >>> table(model)
    {'0.weight': 6, '0.bias': 2, '1.weight': 2, '1.bias': 2}
    """
    return {name: param.numel() for name, param in m.named_parameters()}


def count(m: nn.Module, trainable: bool = False) -> int:
    """How many numbers all parameters of a model hold.

    Args:
        m: any module.
        trainable: whether only parameters that require grad are counted.

    Returns:
        Their number, an int; 0 for a model without any.

    >>> model = nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2))
    >>> model[0].requires_grad_(False)
    Linear(in_features=3, out_features=2, bias=True)
    >>> count(model), count(model, trainable=True)
    (12, 4)
    """
    params = m.parameters()
    return sum(param.numel() for param in params if param.requires_grad or not trainable)


HINTS = (
    "Compare list(dict(m.named_parameters())) with list(m.state_dict()) for a model with a batch "
    "norm. Which one do you want?",
    "numel() is the number of elements, of a 0-dim tensor too.",
    "parameters() and named_parameters() give each parameter once, if they are asked of the whole "
    "model. Whoever asks module by module meets tied ones again.",
)

TAKE_ALONG = (
    "parameters() gives each parameter once, and no buffer; state_dict() gives buffers too, and a "
    "tied parameter twice. On the meta device a model can be counted without memory."
)
