"""The first answer is whether dropout sets values to 0."""


def effects(training, grad):
    return grad, training, training
