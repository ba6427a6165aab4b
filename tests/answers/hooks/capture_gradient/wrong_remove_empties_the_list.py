"""After remove() nothing is appended, and the list keeps what it holds"""

from types import SimpleNamespace


def capture(t):
    gradients = []
    hook = t.register_hook(lambda g: gradients.append(g.detach().clone()))

    def remove():
        hook.remove()
        gradients.clear()

    return gradients, SimpleNamespace(remove=remove)
