"""tensor_split into as many chunks as there are samples for."""


def accumulate(model, loss_fn, x, y, k):
    k = min(k, len(x))
    for xs, ys in zip(x.tensor_split(k), y.tensor_split(k)):
        weight = ys.size(0) / y.size(0)
        _backward(weight * loss_fn(model(xs), ys))


def _backward(loss):
    loss.backward()
