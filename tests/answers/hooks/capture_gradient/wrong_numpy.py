"""a tensor expected, a numpy array returned"""


def capture(t):
    gradients = []
    return gradients, t.register_hook(lambda g: gradients.append(g.detach().cpu().numpy().copy()))
