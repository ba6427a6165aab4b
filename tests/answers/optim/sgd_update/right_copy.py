"""The new values are computed aside and copied in; a list is made of the iterable first."""

import torch as th


def _moved(p, lr):
    return p - p.grad * lr


def sgd_step(params, lr):
    params = [p for p in list(params) if p.grad is not None]
    with th.no_grad():
        for p in params:
            p.copy_(_moved(p, lr))
