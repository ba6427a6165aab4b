"""A linear layer as a module.

A module is a function with memory: its parameters. Assigning an `nn.Parameter` to an attribute
registers it, and from then on the module's methods find it by that name:

    self.weight = nn.Parameter(…)  ──▶  layer.parameters()     what an optimizer moves
                                        layer.state_dict()     what is saved and loaded
                                        layer.double()         what is converted and moved

A plain tensor in an attribute computes just as well, and none of the three knows of it.

Write the class `Linear`, an `nn.Module`. `Linear(3, 2)` has these two, and nothing else, in its
state dict:

    weight  (2, 3)      a row for each output, as nn.Linear has it
    bias    (2,)        one number for each output

- The layer computes x @ weight.T + bias for each vector along the last dimension of x.
- With `bias=False` there is no bias: the attribute `bias` is None, and the state dict holds the
  weight alone.
- Its state dict can be loaded into an nn.Linear of the same size, and the other way round.
- At the start all values are random, drawn evenly between -k and k, where k is 1 / √in_features.
  With zeros, all outputs would learn the same.
- Each layer has parameters of its own. They are float32, unless torch's default dtype is another.

Not allowed: `F.linear`, and `nn.Linear`, which calls it, as a base class or within. The rest of
torch is, `nn.init` too.
"""

import math

import torch
from torch import Tensor, nn


class Linear(nn.Module):
    """A linear layer, as nn.Linear is.

    Args:
        in_features: the length of an input vector, at least 1.
        out_features: the length of an output vector, at least 1.
        bias: whether a bias is added.

    >>> layer = Linear(3, 2)
    >>> for name, value in layer.state_dict().items():
    ...     print(name, tuple(value.shape))
    weight (2, 3)
    bias (2,)
    >>> weight = torch.tensor([[1.0, 0.0, 0.0], [1.0, 1.0, 1.0]])
    >>> layer.load_state_dict({"weight": weight, "bias": torch.tensor([10.0, 20.0])})
    <All keys matched successfully>
    >>> layer(torch.tensor([1.0, 2.0, 3.0])).tolist()
    [11.0, 26.0]
    """

    def __init__(self, in_features: int, out_features: int, bias: bool = True) -> None:
        super().__init__()
        bound = 1 / math.sqrt(in_features)
        self.weight = nn.Parameter(torch.empty(out_features, in_features).uniform_(-bound, bound))
        self.bias = (
            nn.Parameter(torch.empty(out_features).uniform_(-bound, bound)) if bias else None
        )

    def forward(self, x: Tensor) -> Tensor:
        """Apply the layer.

        Args:
            x: shape (..., in_features), the dtype and device of the parameters. Any number of
                dimensions before the last, of any length, 0 too.

        Returns:
            A tensor of shape (..., out_features), part of the autograd graph. x is left as it was.
        """
        product = x @ self.weight.T
        return product if self.bias is None else product + self.bias


HINTS = (
    "Two things happen in __init__: super().__init__() prepares the registers, and each parameter "
    "is assigned to an attribute. What must be done first?",
    "nn.Parameter(tensor) makes a parameter of a tensor. Its shape is that of nn.Linear: what is "
    "the first dimension of the weight, inputs or outputs?",
    "tensor.uniform_(-k, k) fills a tensor with random numbers. Fill it before it becomes a "
    "parameter: a parameter is a leaf that requires grad, and refuses to be written to.",
    "Look up weight and bias in forward, each time. What you keep of them in __init__, such as a "
    "transposed view, stays behind when the module is converted.",
)

TAKE_ALONG = (
    "nn.Parameter in an attribute is registered: trained, saved, moved. A plain tensor is not, and "
    "nothing says so. The weight is stored as (outputs, inputs)."
)

APPROACH = (
    "It transposes in forward. Assigning None to bias keeps the attribute there and leaves it out "
    "of the state dict."
)
