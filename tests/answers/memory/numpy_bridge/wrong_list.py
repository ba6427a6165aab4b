"""a numpy array expected, a float returned"""


def numpy_view(x):
    return x.detach().numpy()


def numpy_copy(x):
    return x.detach().cpu().numpy().tolist()
