"""The result holds the place of the largest score of each sample"""

import torch


def predict(model, loader, device):
    modes = [module.training for module in model.modules()]
    try:
        model.eval()
        with torch.no_grad():
            labels = [torch.empty(0, 1, dtype=torch.int64)]
            for batch in loader:
                x = batch if isinstance(batch, torch.Tensor) else batch[0]
                labels.append(model(x.to(device)).argmax(1, keepdim=True).cpu())
            return torch.cat(labels)
    finally:
        for module, mode in zip(model.modules(), modes):
            module.training = mode
