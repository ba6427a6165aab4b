"""The result has the values that the layer passed on last"""


class Found(Exception):
    pass


def extract(model, layer, x):
    def hook(module, inputs, output):
        raise Found(output.detach().clone())

    handle = model.get_submodule(layer).register_forward_hook(hook)
    try:
        model(x)
    except Found as found:
        return found.args[0]
    finally:
        handle.remove()
