"""wrong values"""

import torch


def frozen(model, x):
    before = model.training
    model.eval()
    with torch.no_grad():
        output = model(x)
    model.train(before)
    return output
