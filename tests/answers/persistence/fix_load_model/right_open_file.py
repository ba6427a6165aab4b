"""Through an open file, mapped by a function."""

import torch


def load_model(path, cls):
    with open(path, "rb") as file:
        state = torch.load(file, map_location=lambda storage, _: storage)
    model = cls()
    model.load_state_dict(state)
    model.train(False)
    return model
