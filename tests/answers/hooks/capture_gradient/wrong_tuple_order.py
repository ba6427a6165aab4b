"""TypeError: 'RemovableHandle' object is not iterable"""


def capture(t):
    gradients = []
    return t.register_hook(lambda g: gradients.append(g.detach().clone())), gradients
