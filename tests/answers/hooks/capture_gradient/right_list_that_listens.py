"""The list is itself the hook; new_empty and copy_ make the copy, .data leaves the graph."""


class Gradients(list):
    def __call__(self, gradient):
        self += [gradient.data.new_empty(gradient.shape).copy_(gradient.data)]


def capture(t):
    gradients = Gradients()
    return gradients, t.register_hook(gradients)
