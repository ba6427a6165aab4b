"""a tensor expected, a list of"""

import torch


def predict(model, loader, device):
    modes = [module.training for module in model.modules()]
    try:
        model.eval()
        with torch.no_grad():
            labels = []
            for batch in loader:
                x = batch if isinstance(batch, torch.Tensor) else batch[0]
                labels += model(x.to(device)).argmax(1).tolist()
            return labels
    finally:
        for module, mode in zip(model.modules(), modes):
            module.training = mode
