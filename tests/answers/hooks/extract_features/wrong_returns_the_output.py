"""The result has the values that the layer passed on last"""


def extract(model, layer, x):
    return model(x).detach().clone()
