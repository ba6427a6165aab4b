"""A class of context managers, which is itself the hook."""


class patched:
    def __init__(self, m, fn):
        self.m, self.fn = m, fn

    def __enter__(self):
        self.handle = self.m.register_forward_hook(self)
        return self.m

    def __call__(self, module, args, output):
        return self.fn(output)

    def __exit__(self, kind, error, trace):
        self.handle.remove()
        return False
