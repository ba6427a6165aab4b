"""Names by id; all modules are noted, and strangers are left out at the end."""

from torch import nn


def trace(model: nn.Module, x) -> list[str]:
    names = {id(m): n for n, m in model.named_modules()}
    seen: list[int] = []
    with nn.modules.module.register_module_forward_hook(lambda m, i, o: seen.append(id(m))):
        model(x)
    return [names[number] for number in seen if number in names]
