"""A hook that registers or removes hooks changes the next call"""

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
        own = [fn]
        self.hooks.append(lambda *args: own[0](*args))
        return SimpleNamespace(remove=lambda: own.__setitem__(0, lambda *args: None))


def run(layers, x):
    for layer in layers:
        x = layer(x)
    return x
