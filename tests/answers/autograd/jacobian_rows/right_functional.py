"""torch's own function, where y has elements."""

from torch.autograd import functional


def jacobian(f, x):
    y = f(x.detach())
    if y.numel() == 0:
        return x.detach().new_zeros(y.shape + x.shape)
    return functional.jacobian(f, x)
