"""backward, a hidden write by .data, and zero_."""


def minimize(f, x0, lr, steps):
    x = x0.detach().clone()
    x.requires_grad = True
    for _ in range(steps):
        f(x).backward()
        x.data -= lr * x.grad
        x.grad.zero_()
    return x.data
