"""A handle and finally; looks the name up by walking over the modules."""

import torch


def trace(model, x):
    calls = []

    def hook(module, args, output):
        for name, each in model.named_modules():
            if each is module:
                calls.append(name)

    handle = torch.nn.modules.module.register_module_forward_hook(hook)
    try:
        model(x)
    finally:
        handle.remove()
    return calls
