"""the exception goes on"""

from torch.nn.modules.module import register_module_forward_hook


def trace(model, x):
    names = {module: name for name, module in model.named_modules()}
    calls = []

    def hook(module, args, output):
        if module in names:
            calls.append(names[module])

    with register_module_forward_hook(hook):
        try:
            model(x)
        except Exception:
            pass
    return calls
