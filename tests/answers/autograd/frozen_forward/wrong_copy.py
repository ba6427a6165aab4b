"""hooks are called, and averages go on."""

import copy


def frozen(model, x):
    twin = copy.deepcopy(model)
    for parameter in twin.parameters():
        parameter.requires_grad_(False)
    return twin(x.detach())
