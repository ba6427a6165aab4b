"""state is not what it must be after the call"""


def load_matching(m, state, prefix=""):
    own, missing = m.state_dict(), set()
    fits = {}
    for name in own:
        if prefix + name in state and state[prefix + name].shape == own[name].shape:
            fits[name] = state.pop(prefix + name)
        else:
            missing.add(name)
    m.load_state_dict(fits, strict=False)
    return missing, set(state)
