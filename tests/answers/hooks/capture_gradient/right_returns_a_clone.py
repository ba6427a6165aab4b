"""Gives a clone with its graph on."""


def capture(t):
    out = []

    def hook(g):
        out.append(g.detach().clone())
        return g.clone()

    return out, t.register_hook(hook)
