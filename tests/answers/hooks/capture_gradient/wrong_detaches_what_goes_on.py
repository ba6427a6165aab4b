"""wrong values"""


def capture(t):
    gradients = []

    def store(gradient):
        gradients.append(gradient.detach().clone())
        return gradient.detach()

    return gradients, t.register_hook(store)
