"""The result is cut off from x: no gradient can flow back."""


def safe_sqrt(x):
    return x.detach().clamp(min=0).sqrt()
