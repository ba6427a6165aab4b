"""An ExitStack puts everything back; the sums stay on the device until the end."""

from contextlib import ExitStack

import torch


def evaluate(model, loader, loss_fn, device):
    with ExitStack() as undo:
        for module in model.modules():
            undo.callback(setattr, module, "training", module.training)
        undo.enter_context(torch.inference_mode())
        model.train(False)
        count = 0
        loss_sum = torch.zeros((), dtype=torch.float64)
        right = torch.zeros((), dtype=torch.int64, device=device)
        for batch in loader:
            x, y = [part.to(device) for part in batch]
            output = model(x)
            loss_sum += loss_fn(output, y).cpu() * y.numel()
            right += output.max(dim=1).indices.eq(y).sum()
            count += y.numel()
        if count == 0:
            raise ValueError("nothing to evaluate")
        return (loss_sum / count).item(), right.item() / count
