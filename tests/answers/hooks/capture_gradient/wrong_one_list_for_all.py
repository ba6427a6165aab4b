"""the same input gave two different results"""


def capture(t, gradients=[]):  # noqa: B006
    return gradients, t.register_hook(lambda g: gradients.append(g.detach().clone()))
