"""The model's own state dict, updated and loaded strictly."""


def load_matching(m, state, prefix=""):
    full = m.state_dict()
    update = {}
    for name in full:
        value = state.get(prefix + name)
        if value is not None and tuple(value.shape) == tuple(full[name].shape):
            update[name] = value
    full.update(update)
    m.load_state_dict(full)
    used = [prefix + name for name in update]
    return {n for n in full if n not in update}, {k for k in state if k not in used}
