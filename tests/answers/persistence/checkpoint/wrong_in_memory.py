"""No such file or directory"""

import copy

KEPT = {}


def save(path, model, optimizer, epoch):
    KEPT[str(path)] = copy.deepcopy((model.state_dict(), optimizer.state_dict(), epoch))


def load(path, model, optimizer, device):
    state, optim, epoch = KEPT[str(path)]
    model.load_state_dict(state)
    optimizer.load_state_dict(optim)
    return epoch
