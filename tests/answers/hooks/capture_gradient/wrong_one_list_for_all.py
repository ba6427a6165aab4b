"""the same input gave two different results"""


def capture(t, gradients=[]):
    return gradients, t.register_hook(lambda g: gradients.append(g.detach().clone()))
