"""A copy of the model, whose parameters are off."""

import copy


def frozen(model, x):
    twin = copy.deepcopy(model)
    for parameter in twin.parameters():
        parameter.requires_grad_(False)
    return twin(x.detach())
