"""all else is missing or unused"""


def load_matching(m, state, prefix=""):
    own = m.state_dict()
    fits = {
        n: state[prefix + n]
        for n in own
        if prefix + n in state and state[prefix + n].shape == own[n].shape
    }
    m.load_state_dict(fits, strict=False)
    return {k for k in state if k not in {prefix + n for n in fits}}, set(own) - set(fits)
