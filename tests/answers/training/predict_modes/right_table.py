"""A table of the four combinations."""

TABLE = {
    (True, True): (True, True, True),
    (True, False): (True, True, False),
    (False, True): (False, False, True),
    (False, False): (False, False, False),
}


def effects(training, grad):
    return TABLE[training, grad]
