"""The result is a tuple of three bools"""


def effects(training, grad):
    return [training, training, grad]
