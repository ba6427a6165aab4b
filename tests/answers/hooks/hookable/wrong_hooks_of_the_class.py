"""A call runs forward and then the hooks, each with what the one before left."""

from collections import OrderedDict

from torch.utils.hooks import RemovableHandle


class Hookable:
    hooks = OrderedDict()  # noqa: RUF012 - the mistake

    def __call__(self, x):
        output = self.forward(x)
        for fn in list(self.hooks.values()):
            value = fn(self, x, output)
            if value is not None:
                output = value
        return output

    def register(self, fn):
        handle = RemovableHandle(self.hooks)
        self.hooks[handle.id] = fn
        return handle


def run(layers, x):
    for layer in layers:
        x = layer(x)
    return x
