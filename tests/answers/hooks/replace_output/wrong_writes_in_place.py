"""Within the block m returns fn(output)"""

from contextlib import contextmanager


@contextmanager
def patched(m, fn):
    def hook(module, inputs, output):
        new = fn(output)
        if new is not None:
            output.data.copy_(new)

    handle = m.register_forward_hook(hook)
    try:
        yield
    finally:
        handle.remove()
