"""What torch itself reports, on a state without the sizes that differ."""


def load_matching(m, state, prefix=""):
    shapes = {name: value.shape for name, value in m.state_dict().items()}
    stripped = {k.removeprefix(prefix): v for k, v in state.items() if k.startswith(prefix)}
    fitting = {k: v for k, v in stripped.items() if k not in shapes or shapes[k] == v.shape}
    result = m.load_state_dict(fitting, strict=False)
    loaded = fitting.keys() - set(result.unexpected_keys)
    return set(result.missing_keys), {k for k in state if k not in {prefix + n for n in loaded}}
