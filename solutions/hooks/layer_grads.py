"""See the gradients at each layer.

Where do gradients vanish? A backward pass shows each layer two of them: what arrives at its output,
and what it sends back to its input. A full backward hook of a module is called with both.

    forward     x ─────▶ layer ─────▶ output ──▶ … ──▶ loss
    backward    grad_input ◀── layer ◀── grad_output ◀── … ◀── loss

Write `layer_grads`. It runs the model, calls `loss_fn` with the output and backward of the loss,
and gives a dict from the name of a layer to a pair: the gradient of its input, and that of its
output.

- A layer is a module without children. Its name is the one in `model.named_modules()`, such as
  "body.0"; a model without children is a layer itself, with the name "".
- The gradient of the input is the part that goes through this layer. What others do with the same
  tensor, as beside a residual block, has no part in it. A layer may be more than one operation.
- It is None where the input needs no gradient, as that of the first layer where x needs none. torch
  warns of it then, which is no mistake. A layer that no gradient reaches is not in the dict.
- The gradients are copies: without a graph, and in memory of their own.
- It is one ordinary pass: the model runs once, in its mode, and `.grad` of parameters, and of x if
  it requires grad, is added to as `backward()` does.
- Afterwards no hook of yours is left, also where the model or `loss_fn` raises: the exception goes
  on. Hooks of others stay.
"""

from collections.abc import Callable
from contextlib import ExitStack

import torch
from torch import Tensor, nn


def layer_grads(
    model: nn.Module, x: Tensor, loss_fn: Callable[[Tensor], Tensor]
) -> dict[str, tuple[Tensor | None, Tensor]]:
    """Collect the gradients of the inputs and outputs of a model's layers.

    Args:
        model: a module. Each layer takes one tensor and returns one, is called at most once in a
            pass, and nobody writes in place to what it returns: beside a full backward hook that
            raises.
        x: what the model takes.
        loss_fn: maps the model's output to a tensor with one element.

    Returns:
        For each layer, by name and in any order, (gradient of its input or None, gradient of its
        output).

    >>> model = nn.Sequential(nn.Identity(), nn.ReLU())
    >>> x = torch.tensor([-1.0, 2.0], requires_grad=True)
    >>> grads = layer_grads(model, x, lambda output: 3 * output.sum())
    >>> grads["1"]
    (tensor([0., 3.]), tensor([3., 3.]))
    >>> grads["0"]
    (tensor([0., 3.]), tensor([0., 3.]))
    """
    grads: dict[str, tuple[Tensor | None, Tensor]] = {}

    def listen(name: str, layer: nn.Module) -> torch.utils.hooks.RemovableHandle:
        def keep(
            module: nn.Module, to_input: tuple[Tensor | None, ...], of_output: tuple[Tensor, ...]
        ) -> None:
            sent = to_input[0]
            grads[name] = (
                None if sent is None else sent.detach().clone(),
                of_output[0].detach().clone(),
            )

        return layer.register_full_backward_hook(keep)

    with ExitStack() as hooks:
        for name, module in model.named_modules():
            if not list(module.children()):
                hooks.enter_context(listen(name, module))
        loss_fn(model(x)).backward()
    return grads


HINTS = (
    "register_full_backward_hook takes a function of the module and two tuples of gradients. Which "
    "modules of model.named_modules() have no children?",
    "The function is not told the name. Define it in another function that takes the name: in a "
    "loop, all would see the last one.",
    "grad_input of the first layer may be (None,). And what the hook is given goes on through the "
    "graph, so that each gradient needs two methods before it is kept.",
    "Handles are context managers. An ExitStack takes any number of them and leaves them all, also "
    "where something raises.",
)

TAKE_ALONG = (
    "register_full_backward_hook gives what a module sends back and what it was sent. The older "
    "register_backward_hook sees only the last operation of a module."
)

APPROACH = (
    "Each hook is a closure over its layer's name. The ExitStack holds the handles from the moment "
    "of their registration, so that an exception anywhere leaves none behind."
)
