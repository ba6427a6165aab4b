"""Rules, by what the names of the cases say."""


def moves(case):
    match case.split("_"):
        case [*_, "none" | "unused" | "grad" | "held"]:
            return False
        case ["sgd" | "rate" | "adagrad", *_]:
            return False
        case ["adam" | "rmsprop", "tiny"] | ["frozen"] | ["dampened"]:
            return True
        case ["decay", *_] | ["adam", "decay", *_] | ["adamw", "zero"]:
            return True
        case ["momentum" | "adam", "then", *_] | ["momentum", *_, "place"]:
            return True
        case ["rmsprop", "momentum", *_]:
            return True
    return False
