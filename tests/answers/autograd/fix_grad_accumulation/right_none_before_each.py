"""The smallest repair: None before each backward."""


def grads_per_step(losses, w):
    grads = []
    for loss in losses:
        w.grad = None
        loss(w).backward()
        grads.append(w.grad)
    return grads
