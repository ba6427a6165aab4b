"""stack expects a non-empty TensorList"""

from torch.autograd import functional


def jacobian(f, x):
    return functional.jacobian(f, x)
