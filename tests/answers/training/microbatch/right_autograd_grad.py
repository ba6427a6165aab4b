"""torch.autograd.grad for each chunk, added to .grad by hand."""

import torch


def accumulate(model, loss_fn, x, y, k):
    params = [param for param in model.parameters() if param.requires_grad]
    for inputs, targets in zip(torch.chunk(x, k), torch.chunk(y, k)):
        loss = loss_fn(model(inputs), targets) * inputs.shape[0] / x.shape[0]
        found = torch.autograd.grad(loss, params, allow_unused=True)
        for param, grad in zip(params, found):
            if grad is not None:
                param.grad = grad if param.grad is None else param.grad + grad
