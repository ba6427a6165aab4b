"""The list is empty at first, and holds the gradient of t after a backward pass"""


def capture(t):
    gradients = []

    def store(gradient):
        gradients.append(gradient.detach().clone())
        return gradient.clamp(-1, 1)

    return gradients, t.register_hook(store)
