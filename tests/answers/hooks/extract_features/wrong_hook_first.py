"""A hook that somebody else registered takes effect, on the result too"""


def extract(model, layer, x):
    kept = []

    def hook(module, inputs, output):
        kept.append(output.detach().clone())

    handle = model.get_submodule(layer).register_forward_hook(hook, prepend=True)
    try:
        model(x)
    finally:
        handle.remove()
    return kept[-1]
