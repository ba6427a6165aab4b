"""An ExitStack and inference_mode; the result grows batch by batch."""

from contextlib import ExitStack

import torch


def predict(model, loader, device):
    labels = torch.zeros(0, dtype=torch.long)
    with ExitStack() as undo:
        for module in model.modules():
            undo.callback(setattr, module, "training", module.training)
        model.eval()
        undo.enter_context(torch.inference_mode())
        for batch in loader:
            if isinstance(batch, (tuple, list)):
                batch = batch[0]
            _, best = torch.max(model(batch.to(device)), dim=-1)
            labels = torch.cat((labels, best.to("cpu")))
    return labels.clone()
