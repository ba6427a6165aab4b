"""remove() ends its own registration"""


class Handle:
    def __init__(self, hooks, fn):
        self.hooks, self.fn = hooks, fn

    def remove(self):
        if self.fn in self.hooks:
            self.hooks.remove(self.fn)


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
        self.hooks.append(fn)
        return Handle(self.hooks, fn)


def run(layers, x):
    for layer in layers:
        x = layer(x)
    return x
