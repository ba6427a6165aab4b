"""A value of another shape is not loaded"""


def load_matching(m, state, prefix=""):
    own = m.state_dict()
    missing, unused = set(own), set(state)
    for name in own:
        key = prefix + name
        if key in state:
            if state[key].shape != own[name].shape:
                break
            own[name].copy_(state[key])
            missing.remove(name)
            unused.remove(key)
    return missing, unused
