"""Keyword arguments in the hook; None is told apart; the handle in a with statement."""

from contextlib import contextmanager


@contextmanager
def patched(m, fn):
    def hook(module, args, kwargs, output):
        result = fn(output)
        if result is None:
            return output
        return result

    with m.register_forward_hook(hook, with_kwargs=True):
        yield m
