"""Zero in place where there is a gradient, and keep a copy."""


def grads_per_step(losses, w):
    collected = []
    for f in losses:
        if w.grad is not None:
            w.grad.zero_()
        f(w).backward()
        collected.append(w.grad.detach().clone())
    return collected
