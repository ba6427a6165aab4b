"""A multilayer perceptron, of any depth.

A list of sizes says it all: how long the input is, how many numbers each hidden layer has, and how
long the output is. Between two linear layers stands a ReLU, and behind the last one none: an output
may be negative.

    MLP([4, 8, 8, 2])

    x (…, 4) ──▶ Linear(4, 8) ──▶ relu ──▶ Linear(8, 8) ──▶ relu ──▶ Linear(8, 2) ──▶ (…, 2)

How many layers there are is known only when the model is made, so they can't be an attribute each.
A Python list would hold them, but a module does not look into lists: the model would compute, and
have no parameters. `nn.ModuleList` is a list that it does look into.

Write the class `MLP`, an `nn.Module`.

- Each layer is an `nn.Linear` of its own, with weight and bias, and starts as nn.Linear does. Two
  layers of the same size are two layers.
- `parameters()` gives weight and bias of the first layer, then of the second, and so on, and
  nothing else. How the attributes are called is up to you.
- With two sizes there is one layer, and no ReLU.

All of torch is allowed.
"""

from itertools import pairwise

import torch
from torch import Tensor, nn


class MLP(nn.Module):
    """Linear layers with a ReLU between them.

    Args:
        sizes: the lengths of input, hidden layers and output: at least two, each at least 1.
            The list is left as it was.

    >>> model = MLP([4, 8, 8, 2])
    >>> [tuple(param.shape) for param in model.parameters()]
    [(8, 4), (8,), (8, 8), (8,), (2, 8), (2,)]
    >>> model(torch.ones(5, 4)).shape
    torch.Size([5, 2])
    """

    def __init__(self, sizes: list[int]) -> None:
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(*pair) for pair in pairwise(sizes))

    def forward(self, x: Tensor) -> Tensor:
        """Apply all layers.

        Args:
            x: shape (..., sizes[0]), the dtype and device of the parameters. Any number of
                dimensions before the last, of any length.

        Returns:
            A tensor of shape (..., sizes[-1]), part of the autograd graph. x is left as it was.
        """
        *hidden, last = self.layers
        for layer in hidden:
            x = layer(x).relu()
        return last(x)


HINTS = (
    "How many layers do n sizes make? Each size but the last goes with the one that follows: "
    "zip(sizes, sizes[1:]) gives the pairs, and so does itertools.pairwise.",
    "print(len(list(model.parameters()))) tells whether the layers are registered. What must the "
    "list be, if not a Python list?",
    "[layer] * 3 is three times the same layer. Make each in a loop of its own.",
    "Which layer has no ReLU behind it? Take it out of the loop in forward, or count.",
)

TAKE_ALONG = (
    "Layers in a Python list are invisible to parameters(), state_dict() and to(). nn.ModuleList "
    "registers each, and [layer] * n is one layer, n times."
)

APPROACH = (
    "pairwise gives the pairs of neighbouring sizes, and unpacking sets the last layer apart."
)
