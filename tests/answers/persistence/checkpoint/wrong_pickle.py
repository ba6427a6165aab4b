"""torch.load reads the file: the state dicts of model and optimizer, and the epoch."""

import pickle


def save(path, model, optimizer, epoch):
    with open(path, "wb") as file:
        state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}
        pickle.dump(state, file)


def load(path, model, optimizer, device):
    with open(path, "rb") as file:
        state = pickle.load(file)
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    return state["epoch"]
