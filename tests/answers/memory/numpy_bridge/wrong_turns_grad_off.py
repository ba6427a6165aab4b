"""requires_grad"""


def numpy_view(x):
    x.requires_grad_(False) if x.is_leaf else x.detach_()
    return x.numpy()


def numpy_copy(x):
    return x.detach().cpu().numpy().copy()
