"""Each backward pass appends its own gradient"""


def capture(t):
    gradients = []

    def store(gradient):
        gradients.append(gradient.detach().clone())
        handle.remove()

    handle = t.register_hook(store)
    return gradients, handle
