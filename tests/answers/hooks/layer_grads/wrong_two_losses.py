"""The model runs once, in its mode, and .grad is added to as backward() does."""

from collections.abc import Callable
from contextlib import ExitStack

import torch
from torch import Tensor, nn


def layer_grads(
    model: nn.Module, x: Tensor, loss_fn: Callable[[Tensor], Tensor]
) -> dict[str, tuple[Tensor | None, Tensor]]:
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
        out = model(x)
        loss_fn(out.detach())
        loss_fn(out).backward()
    return grads
