"""The third answer is whether the output is part of a graph."""


def effects(training, grad):
    return training, training, training
