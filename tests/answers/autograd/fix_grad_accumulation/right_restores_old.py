"""Puts the old gradient back."""

import contextlib


@contextlib.contextmanager
def fresh(w):
    old, w.grad = w.grad, None
    try:
        yield
    finally:
        w.grad = old


def grads_per_step(losses, w):
    out = []
    for loss in losses:
        with fresh(w):
            loss(w).backward()
            out.append(w.grad)
    return out
