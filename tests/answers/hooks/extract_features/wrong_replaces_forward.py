"""and leaves nothing on it"""


def extract(model, layer, x):
    module = model.get_submodule(layer)
    forward, kept = module.forward, []

    def listening(*args):
        output = forward(*args)
        kept.append(output.detach().clone())
        return output

    module.forward = listening
    try:
        model(x)
    finally:
        module.forward = forward
    return kept[-1]
