"""The result holds the place of the largest score of each sample"""

import torch


def predict(model, loader, device):
    modes = [module.training for module in model.modules()]
    try:
        model.eval()
        with torch.no_grad():
            labels = torch.tensor([])
            for batch in loader:
                x = batch if isinstance(batch, torch.Tensor) else batch[0]
                labels = torch.cat([labels, model(x.to(device)).argmax(1).cpu()])
            return labels
    finally:
        for module, mode in zip(model.modules(), modes):
            module.training = mode
