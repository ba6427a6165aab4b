"""What the state has under prefix and name is loaded; all else is missing or unused."""


def load_matching(m, state, prefix=""):
    own = m.state_dict()
    fits = {
        n: state[prefix + n]
        for n in own
        if prefix + n in state and state[prefix + n].shape == own[n].shape
    }
    m.load_state_dict(fits, strict=False)
    return list(own.keys() - fits.keys()), [k for k in state if k[len(prefix) :] not in fits]
