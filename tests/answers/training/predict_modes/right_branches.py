"""Branches."""


def effects(training: bool, grad: bool):
    dropout = norm = False
    if training:
        dropout = norm = True
    if grad:
        return dropout, norm, True
    return dropout, norm, False
