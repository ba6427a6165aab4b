"""fn is called once for each call of m"""


def patched(m, fn):
    def hook(module, inputs, output):
        if fn(output) is not None:
            return fn(output)
        return output

    return m.register_forward_hook(hook)
