"""'NoneType' object has no attribute 'clone'"""


def capture(t):
    gradients = []
    return gradients, t.register_hook(lambda g: gradients.append(t.grad.clone()))
