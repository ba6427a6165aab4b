"""The layer from the dict of all modules; the handle as a context manager."""

import torch


def extract(model, layer, x):
    kept = {}

    def hook(_module, _inputs, output):
        with torch.no_grad():
            kept["features"] = output.clone()

    with dict(model.named_modules())[layer].register_forward_hook(hook):
        model(x)
    return kept["features"]
