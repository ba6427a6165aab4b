"""Without an argument backward takes the weight 1"""


def vjp(f, x, v):
    leaf = x.detach().requires_grad_()
    y = f(leaf)
    y.backward()
    return y.detach(), leaf.grad
