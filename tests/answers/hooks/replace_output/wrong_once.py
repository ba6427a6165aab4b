"""Within the block m returns fn(output)"""

from contextlib import contextmanager


@contextmanager
def patched(m, fn):
    def hook(module, inputs, output):
        handle.remove()
        return fn(output)

    handle = m.register_forward_hook(hook)
    try:
        yield
    finally:
        handle.remove()
