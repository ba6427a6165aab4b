"""a bool expected"""


def effects(training, grad):
    return int(training), int(training), int(grad)
