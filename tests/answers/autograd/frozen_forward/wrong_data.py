"""no result of an operation requires grad meanwhile"""


def frozen(model, x):
    return model(x.data).data
