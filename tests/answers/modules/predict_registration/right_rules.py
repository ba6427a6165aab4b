"""Rules that read the code of the case."""

CASES = {
    "over": "takes over",
}

KINDS = {"p": (True, False, True), "b": (False, True, True), "": (False, False, False)}


def registered(case):
    words = case.split("_")
    if case == "not_persistent":
        return False, True, False
    if words[0] in ("none", "no", "deleted"):
        return KINDS["b" if case == "none_and_back" else ""]
    if "over" in words:
        return KINDS["p" if words[0] == "parameter" else "b"]
    if words[0] in ("list", "dict", "tensor", "relu", "times", "double", "detach", "of"):
        return KINDS[""]
    if "buffer" in words or case == "bare_norm":
        return KINDS["b"]
    return KINDS["p"]
