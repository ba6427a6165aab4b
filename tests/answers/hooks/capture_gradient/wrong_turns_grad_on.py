"""RuntimeError expected; nothing was raised"""


def capture(t):
    t.requires_grad_()
    gradients = []
    return gradients, t.register_hook(lambda g: gradients.append(g.detach().clone()))
