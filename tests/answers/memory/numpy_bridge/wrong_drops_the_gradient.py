"""x.grad must be set after the call; it is None"""


def numpy_view(x):
    return x.detach().numpy()


def numpy_copy(x):
    x.grad = None
    return x.detach().cpu().numpy().copy()
