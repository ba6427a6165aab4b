"""Within the block m returns fn(output)"""


def patched(m, fn):
    handle = m.register_forward_hook(lambda _, inputs, output: fn(output))
    yield
    handle.remove()
