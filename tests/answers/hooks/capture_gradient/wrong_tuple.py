"""a list of 1 expected, a tuple of 0 returned"""


def capture(t):
    gradients = ()

    def store(gradient):
        nonlocal gradients
        gradients += (gradient.detach().clone(),)

    return gradients, t.register_hook(store)
