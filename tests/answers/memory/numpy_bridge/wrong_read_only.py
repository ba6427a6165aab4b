"""ValueError"""


def numpy_view(x):
    return x.detach().numpy()


def numpy_copy(x):
    array = x.detach().cpu().numpy().copy()
    array.flags.writeable = False
    return array
