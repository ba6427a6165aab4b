"""The gradients are those of the whole batch's loss"""


def accumulate(model, loss_fn, x, y, k):
    size = max(1, len(x) // k)
    for number in range(min(k, len(x))):
        part = slice(number * size, (number + 1) * size)
        loss = loss_fn(model(x[part]), y[part])
        (loss * len(x[part]) / len(x)).backward()
