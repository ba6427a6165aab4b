"""Within the block m returns fn(output)"""

from contextlib import contextmanager


@contextmanager
def patched(m, fn):
    m.eval()
    with m.register_forward_hook(lambda _, inputs, output: fn(output)):
        yield
