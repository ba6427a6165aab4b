"""A hook collects."""


def grads_per_step(losses, w):
    out = []
    with w.register_hook(lambda g: out.append(g.detach().clone())):
        for loss in losses:
            loss(w).backward()
    return out
