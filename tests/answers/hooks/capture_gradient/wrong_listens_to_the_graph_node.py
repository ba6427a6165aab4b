"""object has no attribute"""


def capture(t):
    gradients = []

    def store(incoming):
        gradients.append(incoming[0].detach().clone())

    return gradients, t.grad_fn.register_prehook(store)
