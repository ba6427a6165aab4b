"""it must not require grad; yours does"""

from torch.autograd.functional import jacobian as of


def jacobian(f, x):
    y = f(x.detach())
    if y.numel() == 0:
        return x.detach().new_zeros(y.shape + x.shape)
    return of(f, x, create_graph=True)
