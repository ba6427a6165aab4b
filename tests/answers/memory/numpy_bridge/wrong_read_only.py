"""A write to x is not seen in numpy_copy's array, nor a write to the array in x."""


def numpy_view(x):
    return x.detach().numpy()


def numpy_copy(x):
    array = x.detach().cpu().numpy().copy()
    array.flags.writeable = False
    return array
