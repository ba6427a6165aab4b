"""One lambda; append returns None, so that the gradient goes on as it is."""


def capture(t):
    found = []
    handle = t.register_hook(lambda grad: found.append(grad.detach().clone()))
    return found, handle
