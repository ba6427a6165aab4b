"""expected Variable, but hook returned 'list'"""


def capture(t):
    gradients = []

    def store(gradient):
        gradients.append(gradient.detach().clone())
        return gradients

    return gradients, t.register_hook(store)
