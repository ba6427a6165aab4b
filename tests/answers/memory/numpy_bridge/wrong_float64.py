"""float32 expected, float64 returned"""


def numpy_view(x):
    return x.detach().numpy()


def numpy_copy(x):
    return x.detach().cpu().double().numpy().copy()
