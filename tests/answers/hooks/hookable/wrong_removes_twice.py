"""remove() ends its own registration, once"""

from types import SimpleNamespace


class Hookable:
    def __init__(self):
        self.hooks = []

    def __call__(self, x):
        output = self.forward(x)
        for fn in list(self.hooks):
            value = fn(self, x, output)
            if value is not None:
                output = value
        return output

    def register(self, fn):
        def own(*args):
            return fn(*args)

        self.hooks.append(own)
        return SimpleNamespace(remove=lambda: self.hooks.remove(own))


def run(layers, x):
    for layer in layers:
        x = layer(x)
    return x
