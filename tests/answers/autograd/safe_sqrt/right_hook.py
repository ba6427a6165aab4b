"""The plain root of the clamped values, and a hook that cleans the gradient."""


def safe_sqrt(x):
    inner = x + 0
    if inner.requires_grad:
        bad = x.detach() <= 0
        inner.register_hook(lambda grad: grad.masked_fill(bad, 0.0))
    return inner.clamp(min=0).sqrt()
