"""Where the block or fn raises, the exception goes on"""

from contextlib import contextmanager, suppress


@contextmanager
def patched(m, fn):
    with m.register_forward_hook(lambda _, inputs, output: fn(output)), suppress(ValueError):
        yield
