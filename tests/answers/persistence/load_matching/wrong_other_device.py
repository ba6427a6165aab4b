"""Values of another dtype, or on the CPU, are loaded too"""


def load_matching(m, state, prefix=""):
    own = m.state_dict()
    fits = {
        n: state[prefix + n]
        for n in own
        if prefix + n in state
        and state[prefix + n].shape == own[n].shape
        and state[prefix + n].device == own[n].device
    }
    m.load_state_dict(fits, strict=False)
    return own.keys() - fits.keys(), state.keys() - {prefix + n for n in fits}
