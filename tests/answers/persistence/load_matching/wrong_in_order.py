"""all else is missing or unused"""


def load_matching(m, state, prefix=""):
    missing, unused = set(), set()
    for (name, own), (key, value) in zip(m.state_dict().items(), state.items()):
        if own.shape == value.shape:
            own.copy_(value)
        else:
            missing.add(name)
            unused.add(key)
    return missing, unused
