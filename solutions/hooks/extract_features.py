"""Take features out of the middle of a model.

A model gives its last output. What a layer inside gives, its features, can be had without a change
to the model: a forward hook is called with what the layer gets and returns, in each call.

    x ──▶ stem ──▶ body.0 ──▶ body.1 ──▶ head ──▶ output
                      └──▶ [features: what body.0 returns]

Write `extract`. It runs the model once and returns what one layer gave in that run.

- `layer` is the layer's name as `model.named_modules()` has it: dots lead into nested modules, as
  in "body.0", and "" is the model itself.
- The result is what the layer passes on, hooks that others registered on it included. Where the
  model calls the layer more than once, it is that of the last call.
- The result holds the values of that moment: a copy with memory of its own, which does not require
  grad. Many a model has an `nn.ReLU(inplace=True)` after the layer: it writes to the very tensor
  that the layer returned.
- The model runs once and to its end, as `model(x)` does, in the mode in which it is, train or eval.
- Afterwards nothing of yours is left on the model: no hook, no attribute, nothing replaced. That
  holds also where the model raises: then the exception goes on to the caller. Hooks of others stay.
"""

import torch
from torch import Tensor, nn


def extract(model: nn.Module, layer: str, x: Tensor) -> Tensor:
    """Run a model and return what one of its layers gave.

    Args:
        model: a module. It may raise.
        layer: the name of one of its modules, which the run calls at least once, and which returns
            a tensor.
        x: what the model takes.

    Returns:
        A copy of the layer's output, without a graph.

    >>> model = nn.Sequential(nn.Flatten(0), nn.ReLU(inplace=True))
    >>> extract(model, "0", torch.tensor([[1.0, -2.0]]))
    tensor([ 1., -2.])
    >>> extract(model, "1", torch.tensor([[1.0, -2.0]]))
    tensor([1., 0.])
    """
    features: list[Tensor] = []

    def keep(module: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> None:
        features.append(output.detach().clone())

    handle = model.get_submodule(layer).register_forward_hook(keep)
    try:
        model(x)
    finally:
        handle.remove()
    return features[-1]


HINTS = (
    "register_forward_hook takes a function of the module, the tuple of its inputs and its output. "
    "It returns a handle. A module has a method that finds a submodule by its dotted name.",
    "The hook is given the tensor that goes on to the next layer, which may write to it. What must "
    "the hook keep, so that the values stay, and without their graph?",
    "Where the model raises, the lines after its call are not reached. try and finally are for "
    "what must be undone in any case.",
)

TAKE_ALONG = (
    "A forward hook sees what a layer passes on. Keep a detached clone of it, and remove the hook "
    "in a finally."
)

APPROACH = (
    "get_submodule knows the dotted names. Only the handle is used to take the hook away, so that "
    "hooks of others stay."
)
